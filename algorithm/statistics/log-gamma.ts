/**
 * ln Γ(x) for x > 0, to a relative error near 1e-15: raised above 12 by Γ(x) = Γ(x + 1)/x, then Stirling's series
 * (Abramowitz & Stegun 6.1.41). Throws for x ≤ 0.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new Error(`logGamma: x is ${x}; give a number above 0.`);
  let raised = x;
  let product = 1;
  while (raised < 12) {
    product *= raised;
    raised += 1;
  }
  const square = raised * raised;
  const series =
    (1 / 12 -
      (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / square) / square) / square) / square) / square) /
    raised;
  return (raised - 0.5) * Math.log(raised) - raised + Math.log(2 * Math.PI) / 2 + series - Math.log(product);
}

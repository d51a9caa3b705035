/** Contexts that scikit-learn was given too. */
export const tenPoints = [
  [1, 0.2],
  [0.9, -0.3],
  [0.8, 0.1],
  [-0.5, 1],
  [-0.4, 0.8],
  [-0.6, 1.2],
  [-0.3, -0.9],
  [0.1, -1.1],
  [0, -0.8],
  [0.2, 0.3],
];

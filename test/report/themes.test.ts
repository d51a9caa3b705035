import { themes, type Theme } from '../../report/html/themes';

type Colour = [number, number, number];
type Matrix = [Colour, Colour, Colour];

/** Linear RGB as seen by someone who lacks one kind of cone: Machado, Oliveira & Fernandes 2009, severity 1. */
const visions: Record<string, Matrix> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (matrix: Matrix, [r, g, b]: Colour): Colour =>
  matrix.map(([x, y, z]) => Math.min(1, Math.max(0, x * r + y * g + z * b))) as Colour;

function linear(hex: string): Colour {
  return [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Colour;
}

/** WCAG 2.2, relative luminance and contrast. */
function contrast(left: string, right: string): number {
  const luminance = (hex: string) =>
    linear(hex).reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at]!, 0);
  const [low, high] = [luminance(left), luminance(right)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** CIE 1976 distance of colours as a vision sees them; about 2 can just be told apart. */
function distance(left: string, right: string, vision: Matrix): number {
  const [a, b] = [left, right].map((hex) => lab(times(vision, linear(hex)))) as [Colour, Colour];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function lab([r, g, b]: Colour): Colour {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [x, y, z] = [
    f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047),
    f(0.2126 * r + 0.7152 * g + 0.0722 * b),
    f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883),
  ] as Colour;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const pairs = (colours: string[]) =>
  colours.flatMap((left, index) => colours.slice(index + 1).map((right) => [left, right] as const));

describe.each(Object.entries(themes))('the %s theme', (_, theme: Theme) => {
  it('keeps text and lines readable', () => {
    for (const text of [theme.text, theme.muted, theme.accent, theme.good, theme.bad, theme.warn]) {
      for (const ground of [theme.page, theme.panel]) expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
    }
    for (const colour of theme.series) expect(contrast(colour, theme.page)).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(visions))('keeps reward models apart in %s vision', (_vision, matrix) => {
    for (const [left, right] of pairs(theme.series.slice(0, 5))) {
      expect(distance(left, right, matrix)).toBeGreaterThan(18);
    }
    for (const [left, right] of pairs(theme.series)) expect(distance(left, right, matrix)).toBeGreaterThan(9);
  });
});

import { fitContextScaling, meanVector, scaleContext } from '../../algorithm';

describe('context scaling', () => {
  const vectors = [
    [3, 0],
    [1, 0],
    [2, 2],
    [2, -2],
  ];

  it('fits the mean and the root mean square of the distances to it', () => {
    expect(fitContextScaling(vectors)).toEqual({ mean: [2, 0], scale: Math.sqrt((1 + 1 + 4 + 4) / 4) });
  });

  it('centres: contexts of the fitted vectors have mean 0 and root mean square norm 1, and a constant behind', () => {
    const fitted = fitContextScaling(vectors);
    const scaled = vectors.map((vector) => scaleContext(vector, 'centred', fitted));
    expect(meanVector(scaled)).toEqual([0, 0, 1]);
    const squares = scaled.map(([x = 0, y = 0]) => x * x + y * y);
    expect(squares.reduce((sum, value) => sum + value, 0) / squares.length).toBeCloseTo(1, 12);
  });

  it('centres without the constant', () => {
    const fitted = fitContextScaling(vectors);
    const scaled = vectors.map((vector) => scaleContext(vector, 'centredOnly', fitted));
    expect(scaled.map((context) => [...context, 1])).toEqual(
      vectors.map((vector) => scaleContext(vector, 'centred', fitted)),
    );
    expect(() => scaleContext([1, 2], 'centredOnly', null)).toThrow('"centredOnly" needs a fitted mean');
  });

  it('scales to norm 1, or leaves a context as it is', () => {
    expect(scaleContext([3, 4], 'unit', null)).toEqual([0.6, 0.8]);
    expect(scaleContext([3, 4], 'none', null)).toEqual([3, 4]);
  });

  it('refuses what has no scale, and lengths that do not go together', () => {
    expect(() => scaleContext([0, 0], 'unit', null)).toThrow('norm 0');
    expect(() => scaleContext([1, 2], 'centred', null)).toThrow('fitted');
    expect(() => scaleContext([1, 2, 3], 'centred', fitContextScaling(vectors))).toThrow('length 3');
    expect(() =>
      fitContextScaling([
        [1, 2],
        [1, 2],
      ]),
    ).toThrow('no context can tell them apart');
    expect(() => meanVector([[1], [1, 2]])).toThrow('no common mean');
    expect(() => meanVector([])).toThrow('no vectors');
  });
});

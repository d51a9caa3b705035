import { stripVTControlCharacters } from 'node:util';
import { bestOfNText } from '../../../cli/best-of-n/best-of-n-text';
import { splitLine } from '../../../cli/best-of-n/split-line';
import type { BestOfNResult } from '../../../contract/best-of-n-result';
import { noChunks } from '../../../workflows/chunk-totals';

const estimate = { estimate: 0.5, low: 0.25, high: 0.75 };
const test1 = { ...noChunks(3, 0), chunks: 2, prompts: 8, measured: 4, value: 3, first: 1, oracle: 4 };
const result: BestOfNResult = {
  ...{
    version: 1,
    name: 'answers',
    selection: 'laser',
    completionsPerPrompt: 4,
    metric: 'f1',
    prompts: 8,
    measured: 4,
  },
  statistics: { confidence: 0.95, shares: null, means: 'bootstrap over prompts within categories, percentile', resamples: 100 }, // prettier-ignore
  rows: [
    {
      ...{ category: 'all', prompts: 4, value: estimate, first: estimate, average: estimate, oracle: estimate },
      ...{ overFirst: { estimate: -0.125, low: -0.5, high: 0.25 }, overAverage: estimate },
    },
  ],
  picks: { sum: { 'rm-b': 5 }, sort: { 'rm-a': 1, 'rm-b': 2 } },
  ...{ learn: null, test: test1 },
};

const textOf = (shown: BestOfNResult) => stripVTControlCharacters(bestOfNText(shown));
const lineOf = (...given: Parameters<typeof splitLine>) => stripVTControlCharacters(splitLine(...given)).trimEnd();

/** Cells of a drawn table's row. */
const cellsOf = (text: string, first: string) =>
  text
    .split('\n')
    .find((line) => line.startsWith(`│ ${first} `))!
    .split('│')
    .map((cell) => cell.trim());

test('values with their intervals, in percent, and who picked for which category', () => {
  const text = textOf(result);
  expect(cellsOf(text, 'all').slice(2, 4)).toEqual(['4', '50.0 [25.0, 75.0]']);
  expect(cellsOf(text, 'all')[7]).toBe('-12.5 [-50.0, 25.0]');
  expect(cellsOf(text, 'sum').slice(1, 4)).toEqual(['sum', '0', '5']);
  expect(cellsOf(text, 'sort').slice(1, 4)).toEqual(['sort', '1', '2']);
  expect(text).toContain('95 % intervals (bootstrap); 4 of 8 prompts have an answer.');
});

test('without answers and with an ensemble there are no tables', () => {
  const text = textOf({ ...result, rows: [], picks: {} });
  expect(text).toContain('No prompt has an answer, so nothing is measured.');
  expect(text).not.toContain('│');
});

test('a line a chunk says how far it is and how good', () => {
  expect(lineOf('test', { ...test1, picks: { 'rm-a': 8 } }, 'f1')).toBe(
    'test: 2 of 3 chunks, f1 75.0 % (first 25.0 %, oracle 100.0 %)  rm-a 8',
  );
  expect(lineOf('learn', { ...test1, measured: 0 }, 'f1')).toBe('learn: 2 of 3 chunks');
});

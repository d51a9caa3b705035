import { stripVTControlCharacters } from 'node:util';
import type { WatchLine } from '../../contract/cli-output/campaign';
import { progressBar } from '../../cli/watch/progress-bar';
import { progressLines, type LineStream } from '../../cli/watch/progress-lines';

const now = Date.parse('2026-11-24T10:00:00Z');
const progress: Extract<WatchLine, { type: 'progress' }> = {
  type: 'progress',
  phase: 'training',
  rounds: 12,
  ofRounds: 48,
  expectedEnd: '2026-11-24T10:03:00.000Z',
};
const evaluation: WatchLine = {
  type: 'evaluation',
  evaluation: {
    iteration: 0,
    outcomes: { sha256: '0'.repeat(64), bytes: 0, mediaType: 'application/jsonl' },
    byCategory: [{ category: 'all', correct: 1, total: 4 }],
    seconds: 1,
  },
};

test('the bar says how far it is and how long it takes, within the terminal', () => {
  expect(progressBar(progress, now, 80)).toBe(
    `training  ${'█'.repeat(8)}${'░'.repeat(22)}  12/48 rounds  about 3 min left`,
  );
  expect(progressBar({ ...progress, expectedEnd: null }, now, 80)).toMatch(/12\/48 rounds$/);
  for (const columns of [20, 40, 60]) {
    expect(progressBar(progress, now, columns).length).toBeLessThan(Math.max(columns, 50));
  }
  expect(progressBar({ ...progress, expectedEnd: '2026-11-26T22:00:00Z' }, now, 80)).toContain('about 3 days left');
});

function record(isTTY: boolean) {
  const written: string[] = [];
  const stream: LineStream = { isTTY, columns: 80, write: (text) => written.push(text) };
  return { stream, written };
}

test('without a terminal there are plain lines and nothing else', () => {
  const { stream, written } = record(false);
  const show = progressLines(stream, stream);
  for (const line of [progress, evaluation, { type: 'end', result: null } as const]) show(line);
  expect(written.map(stripVTControlCharacters)).toEqual(['policy 0: held-out accuracy 25.0 %  \n']);
});

test('in a terminal the bar stays below the lines, and goes at the end', () => {
  const { stream, written } = record(true);
  const show = progressLines(stream, stream);
  show(progress);
  show(evaluation);
  show({ type: 'end', result: null });
  const wipe = '\r\u001b[2K';
  expect(written.map((text) => (text === wipe ? 'wipe' : text.includes('rounds') ? 'bar' : 'line'))).toEqual([
    ...['bar', 'wipe', 'line', 'bar', 'wipe'],
  ]);
});

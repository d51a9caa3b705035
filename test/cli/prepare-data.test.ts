import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareData } from '../../cli/data/prepare-data';
import { readLines } from '../../config/read-lines';
import { preparedData } from '../../contract/cli-output/data';
import { useOutput } from './use-output';

const output = useOutput();
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'laser-data-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, first: number, count: number): string {
  const file = join(folder, name);
  const records = Array.from({ length: count }, (_, index) => first + index).map((number) => ({
    question: `How many legs have ${number} ants?`,
    answer: `6*${number} = ${6 * number}\n#### ${6 * number}`,
  }));
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return file;
}

async function linesOf(file: string): Promise<unknown[]> {
  const lines: unknown[] = [];
  for await (const { bytes } of readLines(file, 1_000_000)) if (bytes?.length) lines.push(JSON.parse(String(bytes)));
  return lines;
}

test('it says what it wrote, and --json prints the manifest', async () => {
  const from = [put('train.jsonl', 1, 9), put('test.jsonl', 9, 3)];
  const out = join(folder, 'gsm8k');
  expect(await prepareData('gsm8k', { out, from, limit: 4 })).toBe(0);
  expect(output.text()).toMatch(/^12 records, the set’s own split\n.*train\.jsonl: 4 prompts\n.*held-out\.jsonl: 3 /);
  expect(output.text()).toMatch(/dropped: 1 in train and held-out; kept in held-out\n {2}dropped: 4 over a limit/);
  expect(await linesOf(join(out, 'train.jsonl'))).toHaveLength(4);
  expect((await linesOf(join(out, 'held-out.jsonl')))[0]).toMatchObject({ answer: '54' });
});

test('--json', async () => {
  const out = join(folder, 'gsm8k');
  expect(await prepareData('gsm8k', { out, from: [put('all.jsonl', 1, 40)], heldOutShare: 0.5, json: true })).toBe(0);
  const manifest = preparedData.parse(output.json());
  expect(manifest).toEqual(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')));
  expect(manifest).toMatchObject({ split: 'hash', settings: { heldOutShare: 0.5, limit: null, resplit: false } });
});

test('a file in another form is wrong usage', async () => {
  const file = join(folder, 'train.jsonl');
  writeFileSync(file, '{"question": "Why?"}\n');
  expect(await prepareData('gsm8k', { out: join(folder, 'out'), from: [file] })).toBe(2);
  expect(output.text()).toBe('');
});

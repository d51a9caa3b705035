import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { stringify } from 'yaml';
import { bestOfNLine, type BestOfNOutcome } from '../../contract/best-of-n-run';
import { bestOfNResult } from '../../contract/best-of-n-result';
import { activityIds, payloadSizes, type RecordedHistory } from '../replay/recorded-history';
import { laserCommand } from './cli-world';
import { finished, killWorkers, until } from './faults';
import { readJournal, removeHome } from './running-campaign';
import { fewAnswers, runBestOfN, type RunningBestOfN } from './running-best-of-n';

const maxPayloadBytes = 16 * 1024;
const homes: string[] = [];
let undisturbed: RunningBestOfN;
let expected: BestOfNOutcome;

beforeAll(async () => {
  homes.push(await mkdtemp(join(tmpdir(), 'laser-best-')), await mkdtemp(join(tmpdir(), 'laser-best-')));
  undisturbed = await runBestOfN(fewAnswers, homes[0]!);
  expected = await undisturbed.handle.result();
}, 180_000);

afterAll(() => Promise.all(homes.map(removeHome)), 60_000);

describe('a best-of-n that nobody disturbs', () => {
  afterAll(() => undisturbed.stop(), 60_000);

  it('learns, and answers every test prompt with what one reward model likes best of the n', async () => {
    const { store } = undisturbed;
    const result = await store.getJson(expected.result, bestOfNResult);
    expect(result).toMatchObject({ prompts: 20, measured: 20, completionsPerPrompt: 4, learn: { prompts: 20 } });
    const all = result.rows.at(-1)!;
    expect(all.oracle.estimate).toBeGreaterThanOrEqual(all.value.estimate);
    expect(all.oracle.estimate).toBeGreaterThan(all.first.estimate);
    // 20 prompts twice, 4 completions each, and each by one reward model alone.
    expect([result.learn!.scored, result.test.scored]).toEqual([80, 80]);
    const lines = await store.getJsonLines(expected.lines, bestOfNLine);
    expect(new Set(lines.map(({ promptId }) => promptId)).size).toBe(20);
    for (const line of lines) expect(line.score).not.toBeNull();
    expect(lines.reduce((sum, { value }) => sum + value!, 0) / 20).toBeCloseTo(all.value.estimate, 12);
  });

  it('keeps large things out of its history, and names in it who was asked for what', async () => {
    const { client, handle } = undisturbed;
    const ids: string[] = [];
    for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${handle.workflowId}'` })) {
      const history = await client.workflow.getHandle(handle.workflowId, runId).fetchHistory();
      const recorded = JSON.parse(historyToJSON(history)) as RecordedHistory['history'];
      expect(Math.max(...payloadSizes(recorded))).toBeLessThanOrEqual(maxPayloadBytes);
      ids.push(...activityIds({ name: '', workflowId: '', history: recorded }));
    }
    expect(
      ids.filter((id) => /^(learn|test)-c000[1-3]-(embed|generate|score-rm-(sum|sort))$/.test(id)).length,
    ).toBeGreaterThan(15);
    expect(ids).toHaveLength(new Set(ids).size);
  });

  it('is run again by its command, does nothing twice, and writes its answers', async () => {
    const before = await readJournal(undisturbed.store);
    const { json, laser } = laserCommand(homes[0]!);
    const { status, folder, result } = await json('best-of-n', 'best-of-n', fewAnswers);
    expect(status).toBe('finished');
    expect(result).toEqual(await undisturbed.store.getJson(expected.result, bestOfNResult));
    expect(await readJournal(undisturbed.store)).toEqual(before);
    const lines = (await readFile(join(folder, 'completions.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => bestOfNLine.parse(JSON.parse(line)))).toHaveLength(20);
    const { state } = await json('status-best-of-n', 'status', 'few-answers');
    expect(state).toMatchObject({ phase: 'finished', test: { chunks: 3 } });
    expect(await laser('watch', 'few-answers')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/is a best-of-n/) as string,
    });
  }, 60_000);

  it('measures answers about long documents by F1, cut in the middle only where the file says so', async () => {
    const file = await longDocuments({});
    const { laser, json } = laserCommand(homes[0]!);
    const refused = await laser('best-of-n', file);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /Best-of-n documents failed in the test prompts, while measuring the prompts: 3 of 4 prompts are longer than 104 tokens: "long-1"/,
    );
    await longDocuments({ tooLong: 'cutMiddle' });
    const { result, folder } = await json('best-of-n', 'best-of-n', file);
    expect(result).toMatchObject({
      metric: 'f1',
      statistics: { shares: null },
      prompts: 4,
      measured: 4,
      test: { cutPrompts: 3 },
    });
    const [line] = (await readFile(join(folder, 'completions.jsonl'), 'utf8')).split('\n');
    const { prompt, value } = bestOfNLine.parse(JSON.parse(line!));
    expect(prompt).toMatch(/^1\+1=2;(?:0\+0=0;)+.*40471<$/);
    expect(prompt.length).toBeLessThan(110);
    expect(value).not.toBeNull();
  }, 120_000);
});

/** Questions behind documents that the tiny policy's window of 128 tokens does not hold, and one that it does. */
async function longDocuments(changes: object): Promise<string> {
  const repeated = '0+0=0;';
  const rows = [1, 2, 3, 4].map((number) => ({
    ...{ id: `long-${number}`, document: `1+1=2;${repeated.repeat(number === 4 ? 2 : 40)}`, question: '40471<' },
    answers: ['01447', '1447'],
  }));
  await writeFile(join(homes[0]!, 'documents.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const file = join(homes[0]!, 'documents.yaml');
  const data = {
    fields: { promptId: 'id', prompt: 'question', context: 'document', answer: 'answers' },
    template: '{context}{prompt}',
  };
  await writeFile(
    file,
    stringify({
      ...{ name: 'documents', campaign: relative(homes[0]!, join(fewAnswers, '..', 'several-days.yaml')) },
      ...{ policy: 'base', bandit: 'fresh', test: { prompts: 'documents.jsonl' }, evaluation: { metric: 'f1' } },
      changes: { data, sampling: { completionsPerPrompt: 2, maxTokens: 24 }, selection: { type: 'scoreEnsemble' } },
      ...changes,
    }),
  );
  return file;
}

describe('a best-of-n whose workers are killed in the middle', () => {
  it('gives the same answers', async () => {
    const disturbed = await runBestOfN(fewAnswers, homes[1]!);
    try {
      await until('something being learned', async () => (await finished(disturbed, 'scoreCompletions', 1)) > 0);
      killWorkers(disturbed);
      expect(await finished(disturbed, 'scoreCompletions', 2)).toBe(0);
      const outcome = await disturbed.handle.result();
      expect(outcome.lines).toEqual(expected.lines);
      expect(outcome.banditLog).toEqual(expected.banditLog);
      const keys = (await readJournal(disturbed.store)).map(({ key }) => key);
      expect(keys).toHaveLength(new Set(keys).size);
    } finally {
      await disturbed.stop();
    }
  }, 180_000);
});

import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparisonResult, type ComparisonResult } from '../../contract/comparison-result';
import { comparedRun } from '../../contract/comparison-run';
import { laserCommand } from './cli-world';
import { finished, killWorkers, until } from './faults';
import { readJournal, removeHome } from './running-campaign';
import { runComparison, twoWays, type RunningComparison } from './running-comparison';

const rounds = 2;
const seeds = 2;
const homes: string[] = [];
let undisturbed: RunningComparison;
let result: ComparisonResult;

beforeAll(async () => {
  homes.push(await mkdtemp(join(tmpdir(), 'laser-compare-')), await mkdtemp(join(tmpdir(), 'laser-compare-')));
  undisturbed = await runComparison(twoWays, homes[0]!);
  result = await resultOf(undisturbed);
}, 240_000);

afterAll(() => Promise.all(homes.map(removeHome)), 60_000);

describe('a comparison that nobody disturbs', () => {
  afterAll(() => undisturbed.stop(), 60_000);

  it('runs every strategy with every seed and finds what they came to', () => {
    expect(result).toMatchObject({ comparison: 'two-ways', reference: 'laser', seeds: [1, 2], heldOutPrompts: 32 });
    const [laser, ensemble] = result.strategies;
    expect([laser, ensemble].map((one) => [one!.name, one!.finished])).toEqual([
      ['laser', 2],
      ['ensemble', 2],
    ]);
    // 4 prompts × 8 completions a round: one reward model of two is asked, or both.
    expect(laser!.cost).toMatchObject({ rewardModelCalls: 4 * 8 * rounds });
    expect(ensemble!.cost).toMatchObject({ rewardModelCalls: 2 * 4 * 8 * rounds });
    expect(ensemble!.difference).toMatchObject({ seeds: 2 });
    expect(laser!.cost!.trainedTokens).toBeGreaterThan(0);
  });

  it('does what the campaigns share once', async () => {
    const journal = await readJournal(undisturbed.store);
    const keys = journal.map(({ key }) => key);
    expect(keys).toHaveLength(new Set(keys).size);
    const done = (step: string, iteration: number) =>
      journal.filter((line) => line.step === step && line.label.iteration === iteration).length;
    expect(done('evaluatePolicy', 0)).toBe(1);
    expect(done('fitContextScaling', 0)).toBe(1);
    expect(done('drawPromptBatches', 1)).toBe(seeds);
    expect(done('generateCompletions', 1)).toBe(seeds * rounds);
    // Both score the first completions; what laser asked for is there when the ensemble asks for all.
    expect(done('scoreCompletions', 1)).toBe(seeds * rounds * 2);
    expect(result.strategies.flatMap(({ runs }) => runs)).toHaveLength(4);
  });

  it('lists its campaigns like any other, and finds them by the comparison', async () => {
    const found = async () => {
      const ids: string[] = [];
      const query =
        "LaserComparison = 'two-ways' AND WorkflowType = 'campaignWorkflow' AND ExecutionStatus = 'Completed'";
      for await (const { workflowId } of undisturbed.client.workflow.list({ query })) ids.push(workflowId);
      return ids.length === 4 ? ids.sort() : null;
    };
    expect(await until('all campaigns listed', found)).toEqual([
      ...['laser-two-ways-ensemble-s1', 'laser-two-ways-ensemble-s2'],
      ...['laser-two-ways-laser-s1', 'laser-two-ways-laser-s2'],
    ]);
    const { json, laser } = laserCommand(homes[0]!);
    expect(await laser('watch', 'two-ways')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/is a comparison/),
    });
    const { runs } = await json('status-comparison', 'status', 'two-ways');
    expect(runs!.map(({ campaignId }) => `laser-${campaignId}`)).toEqual(expect.arrayContaining((await found()) ?? []));
    const { ledger } = await json('status', 'status', 'two-ways-ensemble-s2');
    expect(ledger).toEqual(result.strategies[1]!.runs[1]!.ledger);
  }, 60_000);

  it('says beforehand what it would run', async () => {
    const planned = await laserCommand(homes[0]!).json('compare-dry-run', 'compare', twoWays, '--dry-run');
    expect(planned.campaigns.map(({ campaignId }) => campaignId).sort()).toEqual([
      ...['two-ways-ensemble-s1', 'two-ways-ensemble-s2', 'two-ways-laser-s1', 'two-ways-laser-s2'],
    ]);
  }, 60_000);

  it('is run again by the same command, does nothing twice, and writes its tables', async () => {
    const before = await readJournal(undisturbed.store);
    const output = await laserCommand(homes[0]!).json('compare', 'compare', twoWays);
    expect(timeless(output.result)).toEqual(timeless(result));
    expect(await readJournal(undisturbed.store)).toEqual(before);
    const read = (name: string) => readFile(join(homes[0]!, 'comparisons', 'two-ways', name), 'utf8');
    expect(comparisonResult.parse(JSON.parse(await read('result.json')))).toEqual(output.result);
    expect(await read('result.md')).toMatch(/^\| ensemble \| 2 \| [\d.]+ \[[\d.]+, [\d.]+\] \|/m);
  }, 120_000);
});

describe('a comparison whose workers are killed in the middle', () => {
  it('gives the same tables', async () => {
    const disturbed = await runComparison(twoWays, homes[1]!);
    try {
      await until('a policy being trained', async () => (await finished(disturbed, 'trainPolicy', 1)) > 0);
      killWorkers(disturbed);
      await until('most of it being done', async () => (await finished(disturbed, 'trainPolicy', 1)) > seeds * rounds);
      killWorkers(disturbed);
      const outcome = await disturbed.handle.result();
      expect(outcome.runs.map((run) => comparedRun.parse(run).status)).toEqual(Array(4).fill('finished'));
      expect(timeless(await resultOf(disturbed))).toEqual(timeless(result));
      const keys = (await readJournal(disturbed.store)).map(({ key }) => key);
      expect(keys).toHaveLength(new Set(keys).size);
    } finally {
      await disturbed.stop();
    }
  }, 240_000);
});

async function resultOf({ handle, store }: RunningComparison): Promise<ComparisonResult> {
  return store.getJson((await handle.result()).result, comparisonResult);
}

/** Without what a clock said: seconds, and the views by seconds. */
function timeless(from: ComparisonResult): unknown {
  const kept = { ...from, equalCompute: from.equalCompute.filter(({ measure }) => !/seconds/i.test(measure)) };
  return JSON.parse(JSON.stringify(kept, (key, value: unknown) => (/seconds/i.test(key) ? undefined : value)));
}

import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { observationsOf, readBanditLog } from '../../activities/bandit-log';
import { type CampaignResult } from '../../contract/campaign-run';
import { judgedOutcome } from '../../contract/evaluation';
import { projectRoot } from '../../workers/embedded/project-root';
import { laserCommand } from './cli-world';
import { ciCampaign, removeHome, runCampaign, type RunningCampaign } from './running-campaign';

/** ci.yaml without answers, measured by a reward model that it is not trained on. */
async function writeCampaign(folder: string): Promise<string> {
  const text = (await readFile(ciCampaign, 'utf8')).replaceAll('../../', `${projectRoot}/`);
  const base = parse(text) as { data: { fields: object }; rewardModels: { id: string }[]; evaluation: object };
  const { rewardModels, data } = base;
  const judge = rewardModels.find(({ id }) => id === 'rm-sort');
  const file = join(folder, 'win-rate.yaml');
  const changed = {
    ...{ ...base, name: 'win-rate', iterations: 1, roundsPerIteration: 3, banditReward: { type: 'heldOutGain' } },
    data: { ...data, heldOutLimit: 32, fields: { promptId: 'promptId', answer: 'unread' } },
    training: { learningRate: 5e-3, nllWeight: 0, miniBatchSize: 8, maxLength: 64 },
    rewardModels: rewardModels.filter((model) => model !== judge),
    evaluation: { type: 'winRate', maxTokens: 24, judge },
  };
  await writeFile(file, stringify(changed));
  return file;
}

let folder: string;
let campaign: RunningCampaign;
let result: CampaignResult;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'laser-win-rate-'));
  campaign = await runCampaign(await writeCampaign(folder));
  result = await campaign.handle.result();
}, 240_000);
afterAll(async () => {
  await campaign?.stop();
  await Promise.all([removeHome(folder), ...(campaign ? [removeHome(campaign.home)] : [])]);
}, 60_000);

test('policy 0 ties with itself; later policies are judged against it, prompt by prompt', async () => {
  expect(result.evaluations.map(({ iteration }) => iteration)).toEqual([0, 1]);
  const [first, last] = result.evaluations;
  for (const { correct, total, verdicts } of first!.byCategory) {
    expect({ correct, verdicts }).toMatchObject({ correct: total / 2, verdicts: { ties: total, missing: 0 } });
  }
  const [before, after] = [first!, last!].map(({ outcomes }) => campaign.store.getJsonLines(outcomes, judgedOutcome));
  const baselines = (await before!).map(({ text }) => text);
  const judged = await after!;
  expect(judged.map(({ baseline }) => baseline)).toEqual(baselines);
  expect(judged.filter(({ text, baseline }) => text !== baseline).length).toBeGreaterThan(0);
  for (const { text, baseline, candidateFirst } of judged) expect(text === baseline).toBe(candidateFirst === 'tie');
  const wins = judged.filter(({ candidateFirst }) => candidateFirst === 'candidate').length;
  const counted = last!.byCategory.reduce((sum, { verdicts }) => sum + verdicts!.wins, 0);
  expect(counted).toBe(wins);
  expect(result.comparison!.rows.at(-1)).toMatchObject({ category: 'all', total: 32, before: { value: 0.5 } });
});

test('the bandit learns from the win rate’s gain', async () => {
  const observations = observationsOf(await readBanditLog(campaign.store, result.banditLog));
  expect(observations).toHaveLength(3);
  for (const { reward } of observations) expect(reward).toBeGreaterThanOrEqual(0);
});

test('the report speaks of a win rate', async () => {
  const command = laserCommand(campaign.home);
  const report = await command.json('report', 'report', 'win-rate');
  expect(report.accuracy.policies.map(({ all }) => all.verdicts?.missing)).toEqual([0, 0]);
  await command.laser('report', 'win-rate');
  const markdown = await readFile(join(campaign.home, 'reports', 'win-rate', 'report.md'), 'utf8');
  expect(markdown).toContain('## Win rate');
  expect(markdown).not.toMatch(/accuracy/i);
});

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../workers/embedded/project-root';
import { ciCampaign } from './running-campaign';

const labelled = 'labelled.jsonl';
const rewardModels = ['rm-sum', 'rm-sort', 'rm-noise', 'frozen-policy'];
/** Another one is best for each category. */
const table = Object.fromEntries(
  ['product', 'reverse', 'sort', 'sum'].map((category, best) => [
    category,
    Object.fromEntries(rewardModels.map((id, place) => [id, place === best ? 0.9 : place / 10])),
  ]),
);
const thompson = { type: 'linThompson', prior: { labelled } };

/** Every way of selecting, with the bandit rewards shared out among them. */
export const strategies: Record<string, object> = {
  laser: { banditReward: { type: 'trainLoss', guard: { evidence: { type: 'verified' } } } },
  'laser-by-prompt': {
    selection: { type: 'laser', granularity: 'prompt' },
    banditReward: { type: 'driftRemovedLoss' },
  },
  'laser-cost': {
    selection: { type: 'laser', cost: { perRewardModel: { 'frozen-policy': 1 } } },
    banditReward: { type: 'unseenLossFall' },
  },
  'laser-thompson-prior': { selection: { type: 'laser', bandit: thompson }, banditReward: { type: 'selfConsistency' } },
  'laser-exp3': { selection: { type: 'laser', bandit: { type: 'exp3' } }, banditReward: { type: 'preferenceLoss' } },
  'laser-greedy': {
    selection: { type: 'laser', bandit: { type: 'epsilonGreedy' } },
    banditReward: { type: 'goldenAgreement', golden: { share: 0.9 } },
  },
  fixed: { selection: { type: 'fixed', rewardModelId: 'rm-sort' }, banditReward: { type: 'nllLoss' } },
  random: { selection: { type: 'random', granularity: 'category' }, banditReward: { type: 'heldOutGain' } },
  'round-robin': { selection: { type: 'roundRobin' }, banditReward: { type: 'heldOutGain' } },
  sequential: { selection: { type: 'sequential' }, banditReward: { type: 'verifiedPairs' } },
  oracle: { selection: { type: 'oracle', table } },
  'oracle-by-prompt': { selection: { type: 'oracle', granularity: 'prompt', table } },
  'oracle-by-category': { selection: { type: 'oracle', granularity: 'category', table } },
  classifier: { selection: { type: 'classifier', labelled } },
  'score-ensemble': { selection: { type: 'scoreEnsemble' } },
  'agreement-ensemble': { selection: { type: 'agreementEnsemble' } },
  'online-ensemble': { selection: { type: 'onlineEnsemble', reference: 'verified' } },
  'bayesian-router': {
    selection: { type: 'bayesianRouter', prior: { labelled } },
    banditReward: { type: 'ownTrend' },
  },
};

/** Rounds of each. */
export const rounds = 2;

/** Writes a campaign file for each, small ones like ci.yaml, in its own way; their paths. */
export async function writeCampaigns(folder: string, ways: Record<string, object>): Promise<Record<string, string>> {
  const text = (await readFile(ciCampaign, 'utf8')).replaceAll('../../', `${projectRoot}/`);
  const base = parse(text) as Record<string, Record<string, unknown>>;
  const train = await readFile(join(projectRoot, 'models', 'quickstart', 'data', 'train.jsonl'), 'utf8');
  const preferences = train
    .split('\n')
    .slice(0, 24)
    .map((line) => {
      const { prompt, answer, category } = JSON.parse(line) as Record<'prompt' | 'answer' | 'category', string>;
      return JSON.stringify({ prompt, category, chosen: answer, rejected: `${answer}0` });
    });
  await writeFile(join(folder, labelled), preferences.join('\n'));
  const files: Record<string, string> = {};
  for (const [name, changes] of Object.entries(ways)) {
    files[name] = join(folder, `${name}.yaml`);
    const small = { iterations: 1, roundsPerIteration: rounds, promptBatchSize: 4 };
    const sampling = { ...base['sampling'], completionsPerPrompt: 16 };
    const data = { ...base['data'], heldOutLimit: 16 };
    const pairing = { pairsPerPrompt: 3 };
    await writeFile(files[name], JSON.stringify({ ...base, name, ...small, data, sampling, pairing, ...changes }));
  }
  return files;
}

import type { ScoreLabelledInput } from '../../activities/score-labelled';
import { learnedSelection } from '../../contract/learned-selection';
import { armDecision } from '../../contract/round-record';
import { promptScores } from '../../contract/round';
import { selection } from '../../contract/selection';
import { label, serving, useActivityWorld } from './activity-world';

const world = useActivityWorld();
const zero = { ...label, iteration: 0, round: 0 };
const limits = { maxConcurrentRequests: 2, maxItemsPerRequest: 8 };
const models: ScoreLabelledInput['rewardModel'][] = [
  // The test server's classifier scores a text by its length.
  { id: 'rm-long', kind: 'classify', input: 'text', server: 'embedded', servedModel: 'rm', revision: 'r', ...limits },
  { id: 'rm-good', kind: 'verifier', revision: 'r', rule: { type: 'format', pattern: '^good', flags: '' } },
];
// Its hidden state of a text is (length, code of the first character): A is 65, z is 122.
const [short, tall] = ['A', 'z'.repeat(60)];
const preferences = [
  ...[short, 'B'].map((prompt) => ({ prompt, chosen: 'long enough', rejected: 'good' })),
  ...[tall, `${tall}z`].map((prompt) => ({ prompt, chosen: 'good', rejected: 'long enough' })),
];

async function learn(chosen: object) {
  const store = world.store();
  const labelled = await store.putJsonLines(preferences);
  const way = selection.parse(chosen);
  const policy = await world.policy();
  const common = { label: zero, labelled, serving, policy, scaling: 'none' as const, fitted: null };
  const { contexts } = await world.run('embedLabelled', common);
  const scoring = await Promise.all(
    models.map(async (rewardModel) => {
      const { scores } = await world.run('scoreLabelled', { label: zero, labelled, rewardModel });
      return { rewardModelId: rewardModel.id, scores };
    }),
  );
  const step = { label: zero, selection: way, contexts, scoring };
  const { learned } = await world.run('learnSelection', step);
  expect(await world.run('learnSelection', step)).toMatchObject({ learned, reused: true });
  return { way, learned, scoring };
}

async function choicesOf(chosen: object) {
  const store = world.store();
  const { way, learned } = await learn(chosen);
  const start = { seed: 3, selection: way, arms: ['rm-long', 'rm-good'] };
  const { banditLog } = await world.run('createBandit', { ...start, learned });
  const prompts = [short, tall].map((prompt) => ({ promptId: prompt, prompt }));
  const contexts = await Promise.all(
    [
      [1, 65],
      [60, 122],
    ].map(async (values, i) => ({ scope: prompts[i]!.promptId, context: (await store.putJson({ values })).sha256 })),
  );
  const promptBatch = await store.putJsonLines(prompts);
  const { decisions } = await world.run('selectRewardModels', {
    ...{ banditLog, iteration: 1, round: 1, contexts: await store.putJsonLines(contexts) },
    plan: await store.putJson({ batches: [{ promptBatch, category: null }] }),
  });
  await expect(world.run('createBandit', start)).rejects.toThrow('what was learned is not known');
  return store.getJsonLines(decisions, armDecision);
}

const labelled = 'preferences.jsonl';

test('every reward model scores both completions of each preference, once', async () => {
  const { scoring } = await learn({ type: 'classifier', contextScaling: 'none', labelled });
  const [long, good] = await Promise.all(scoring.map(({ scores }) => world.store().getJsonLines(scores, promptScores)));
  expect(long!.map(({ scores }) => scores)).toEqual([
    [12, 5],
    [12, 5],
    [64, 71],
    [65, 72],
  ]);
  expect(good!.map(({ scores }) => scores)).toEqual([
    [0, 1],
    [0, 1],
    [1, 0],
    [1, 0],
  ]);
});

test.each([
  ['classifier', { type: 'classifier', granularity: 'prompt', contextScaling: 'none', labelled, l2: 1e-4 }],
  [
    'linear Thompson sampling with a prior',
    {
      type: 'laser',
      granularity: 'prompt',
      contextScaling: 'none',
      bandit: { type: 'linThompson', posteriorScale: 1e-6, prior: { labelled, ridge: 1e-3 } },
    },
  ],
])('%s: each context has the reward model that orders its labelled pairs right', async (_, chosen) => {
  const decisions = await choicesOf(chosen);
  expect(decisions.map(({ rewardModelId }) => rewardModelId)).toEqual(['rm-long', 'rm-good']);
});

test('the Bradley–Terry router gives priors in units of reward, as far from each other as from even', async () => {
  const prior = { labelled, l2: 1e-3, precision: 4 };
  const { learned } = await learn({ type: 'bayesianRouter', contextScaling: 'none', prior });
  const known = await world.store().getJson(learned, learnedSelection);
  if (known.type !== 'priors') throw new Error('priors were to be learned');
  const [long, good] = [known.priors['rm-long']!, known.priors['rm-good']!];
  expect(long.precision).toBe(4);
  const worth = (mean: number[], context: number[]) => mean.reduce((sum, one, i) => sum + one * context[i]!, 0);
  expect(worth(long.mean, [1, 65])).toBeGreaterThan(worth(long.mean, [60, 122]));
  expect(worth(long.mean, [1, 65]) + worth(good.mean, [1, 65])).toBeCloseTo(0, 6);
});

import { configurationDifference } from '../../../cli/rerun/configuration-difference';
import { describeDifference } from '../../../cli/rerun/describe-difference';
import type { ResolvedCampaign } from '../../../contract/campaign-run';
import { configurationDifference as shape, type StepForecast } from '../../../contract/configuration-change';
import { campaign } from '../../workflows/workflow-world';

const input = { campaignId: 'small', campaign, searchable: false };
const newest = { runId: 'run', status: 'COMPLETED', started: new Date('2026-11-24T10:00:00Z'), input };
const difference = (after: Partial<ResolvedCampaign>) =>
  configurationDifference('small', newest, { ...campaign, ...after });
const keys = (after: Partial<ResolvedCampaign>) => difference(after).changes.map(({ key }) => key);

/** Steps by what becomes of them; of iteration 1 and later ones where the two differ. */
function fates(after: Partial<ResolvedCampaign>): Record<string, string[]> {
  const found: Record<string, string[]> = { again: [], whereInputDiffers: [], reused: [] };
  const add = (fate: StepForecast['first'], name: string) => found[fate]!.push(name);
  for (const { step, first, later } of difference(after).steps) {
    if (first === later) add(first, step);
    else {
      add(first, `${step}/1`);
      add(later, `${step}/2`);
    }
  }
  return found;
}
const everyStep = [
  ...['drawProbes', 'fitContextScaling', 'drawPromptBatches', 'embedPrompts', 'generateCompletions'],
  ...['scoreCompletions', 'trainPolicy', 'fingerprintPolicy', 'evaluatePolicy'],
];

test('changed keys are told as the campaign file names them, old and new', () => {
  const after = {
    seed: 2,
    training: { ...campaign.training, learningRate: 2e-4 },
    lora: { ...campaign.lora, rank: 8 },
    serving: { ...campaign.serving, baseModel: { ...campaign.serving.baseModel, path: '/elsewhere', revision: 'new' } },
    trainPrompts: { ...campaign.trainPrompts, sha256: 'f'.repeat(64), bytes: 99 },
    rewardModels: [campaign.rewardModels[0]!, { ...campaign.rewardModels[1]!, revision: 'other' }],
  };
  expect(shape.parse(difference(after)).changes).toEqual([
    { key: 'data.train', from: '1'.repeat(64), to: 'f'.repeat(64) },
    { key: 'policy.lora.rank', from: 4, to: 8 },
    { key: 'policy.revision', from: 'rev', to: 'new' },
    { key: 'rewardModels.rm-b.revision', from: 'rm-b', to: 'other' },
    { key: 'seed', from: 1, to: 2 },
    { key: 'training.learningRate', from: 1e-4, to: 2e-4 },
  ]);
});

test('another machine, or another order of reward models, is no other configuration', () => {
  const { baseModel } = campaign.serving;
  expect(keys({ serving: { ...campaign.serving, baseModel: { ...baseModel, path: '/elsewhere' } } })).toEqual([]);
  expect(keys({ rewardModels: [...campaign.rewardModels].reverse() })).toEqual([]);
});

test('what only says how a campaign is run leaves every step', () => {
  const durability = { ...campaign.durability, prefetchRounds: 5, roundsPerRun: 1 };
  const serving = { ...campaign.serving, server: 'http://other:8000', fingerprintTolerance: 0.05 };
  const evaluation = { ...campaign.evaluation, everyIterations: 2 };
  expect(fates({ durability, serving, evaluation, iterations: 9 })).toEqual({
    ...{ again: [], whereInputDiffers: [], reused: everyStep },
  });
});

test('evaluation redoes the measuring alone', () => {
  const evaluation = { ...campaign.evaluation, maxTokens: 9 };
  expect(fates({ evaluation })).toMatchObject({ again: ['evaluatePolicy'], whereInputDiffers: [] });
});

test('training redoes itself and all that comes of the new policy; what the first iteration generated stays', () => {
  const training = { ...campaign.training, beta: 0.5 };
  expect(fates({ training })).toEqual({
    again: [
      ...['embedPrompts/2', 'generateCompletions/2', 'scoreCompletions/2', 'trainPolicy'],
      ...['fingerprintPolicy/2', 'evaluatePolicy/2'],
    ],
    whereInputDiffers: ['scoreCompletions/1'],
    reused: [
      ...['drawProbes', 'fitContextScaling', 'drawPromptBatches', 'embedPrompts/1', 'generateCompletions/1'],
      ...['fingerprintPolicy/1', 'evaluatePolicy/1'],
    ],
  });
});

test('α redoes what follows from other picks, from the first on', () => {
  const { selection } = campaign;
  if (selection.type !== 'laser') throw new Error('unreachable');
  const bandit = { type: 'linUcb' as const, alpha: 3, ridge: 1 };
  const { again, reused, whereInputDiffers } = fates({ selection: { ...selection, bandit } });
  expect(again).toEqual([]);
  expect(whereInputDiffers).toEqual([
    ...['embedPrompts/2', 'generateCompletions/2', 'scoreCompletions', 'trainPolicy'],
    ...['fingerprintPolicy/2', 'evaluatePolicy/2'],
  ]);
  expect(reused).toContain('generateCompletions/1');
});

test('sampling redoes the completions and what follows, but no context of the first iteration', () => {
  const { again, reused } = fates({ sampling: { ...campaign.sampling, temperature: 1 } });
  expect(again).toEqual(expect.arrayContaining(['generateCompletions', 'scoreCompletions', 'trainPolicy']));
  expect(reused).toEqual(expect.arrayContaining(['embedPrompts/1', 'fingerprintPolicy/1', 'drawPromptBatches']));
});

test('the weights of one reward model leave the scores of the others', () => {
  const [first, second] = campaign.rewardModels;
  const changed = fates({ rewardModels: [first!, { ...second!, revision: 'other' }] });
  expect(changed['again']).toEqual([]);
  expect(changed['whereInputDiffers']).toContain('scoreCompletions');
});

test('where a reward model is served leaves every score; who was added may be asked', () => {
  const [first, second] = campaign.rewardModels;
  const moved = { ...second!, server: 'http://elsewhere:8000', servedModel: 'other', maxItemsPerRequest: 4 };
  expect(fates({ rewardModels: [first!, moved as (typeof campaign.rewardModels)[number]] })['reused']).toEqual(
    everyStep,
  );
  const added = fates({ rewardModels: [first!, second!, { ...second!, id: 'rm-c' }] });
  expect(added['again']).toEqual([]);
  expect(added['whereInputDiffers']).toContain('scoreCompletions');
});

test('another policy model redoes everything but the drawing of prompts', () => {
  const baseModel = { ...campaign.serving.baseModel, revision: 'new' };
  expect(fates({ serving: { ...campaign.serving, baseModel } })['reused']).toEqual(['drawPromptBatches']);
});

describe('a selection that learns from labelled preferences', () => {
  const selection = {
    type: 'classifier',
    granularity: 'round',
    contextScaling: 'centred',
    labelled: 'a',
    l2: 1,
  } as const;
  const labelledPreferences = { sha256: '3'.repeat(64), bytes: 1, mediaType: 'application/jsonl' };
  const learned: ResolvedCampaign = { ...campaign, selection, labelledPreferences };
  const before = { ...newest, input: { ...input, campaign: learned } };
  const after = (changes: Partial<ResolvedCampaign>) =>
    configurationDifference('small', before, { ...learned, ...changes });
  const fateOf = (changes: Partial<ResolvedCampaign>, step: string) =>
    after(changes).steps.find((one) => one.step === step)?.first;
  const steps = ['embedLabelled', 'scoreLabelled', 'learnSelection', 'scoreCompletions'];
  const fatesOf = (changes: Partial<ResolvedCampaign>) => steps.map((step) => fateOf(changes, step));

  it.each<[string, Partial<ResolvedCampaign>, unknown[]]>([
    [
      'other options learn again',
      { selection: { ...selection, l2: 2 } },
      ['reused', 'reused', 'again', 'whereInputDiffers'],
    ],
    [
      'another labelled file is embedded and scored',
      { labelledPreferences: { ...labelledPreferences, sha256: '4'.repeat(64), bytes: 2 } },
      ['again', 'again', 'again', 'whereInputDiffers'],
    ],
    [
      'other weights of one reward model leave the scores of the others',
      { rewardModels: [campaign.rewardModels[0]!, { ...campaign.rewardModels[1]!, revision: 'other' }] },
      ['reused', 'whereInputDiffers', 'whereInputDiffers', 'whereInputDiffers'],
    ],
    [
      'the same file at another place is no change',
      { selection: { ...selection, labelled: 'b' } },
      steps.map(() => 'reused'),
    ],
  ])('%s', (_, changes, expected) => expect(fatesOf(changes)).toEqual(expected));

  it('the labelled file is told by what it holds', () => {
    const { changes } = after({ labelledPreferences: { ...labelledPreferences, sha256: '4'.repeat(64), bytes: 2 } });
    expect(changes).toEqual([{ key: 'selection.labelled', from: '3'.repeat(64), to: '4'.repeat(64) }]);
  });
});

test('the answer pattern matters to the bandit only if its reward is made of answers', () => {
  const evaluation = { ...campaign.evaluation, answerPattern: '(x)' };
  expect(fates({ evaluation })['whereInputDiffers']).toEqual([]);
  const verified = { ...campaign, banditReward: { type: 'verifiedPairs' as const } };
  const before = { ...newest, input: { ...input, campaign: verified } };
  const { steps } = configurationDifference('small', before, { ...verified, evaluation });
  expect(steps).toContainEqual({ step: 'scoreCompletions', first: 'whereInputDiffers', later: 'whereInputDiffers' });
});

test('in words', () => {
  const evaluation = { ...campaign.evaluation, maxTokens: 9 };
  const training = { ...campaign.training, beta: 0.5 };
  expect(describeDifference(difference({ evaluation, training }))).toEqual([
    'Campaign small has another configuration than its run of 2026-11-24 10:00 UTC (completed):',
    '  evaluation.maxTokens  8 → 9',
    '  training.beta         0.1 → 0.5',
    'Done again: embedPrompts from iteration 2, generateCompletions from iteration 2, scoreCompletions from iteration 2, trainPolicy, fingerprintPolicy of policies after 0, evaluatePolicy.',
    'Done again where the input comes out different: scoreCompletions of iteration 1.',
    'Used again: drawProbes, fitContextScaling, drawPromptBatches, embedPrompts of iteration 1, generateCompletions of iteration 1, fingerprintPolicy of policy 0.',
  ]);
  expect(describeDifference(difference({ iterations: 3 })).at(-1)).toBe('No finished step is done again.');
  expect(describeDifference(difference({}))).toEqual([
    'Campaign small: the same configuration as in its run of 2026-11-24 10:00 UTC (completed); every finished step is used again.',
  ]);
  expect(describeDifference(configurationDifference('small', null, campaign))).toEqual([
    'Campaign small has no earlier run: every step is new, unless another campaign did it.',
  ]);
});

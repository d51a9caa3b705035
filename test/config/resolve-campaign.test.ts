import { rmSync } from 'node:fs';
import { loadCampaign } from '../../config/load-campaign';
import { modelRevision } from '../../config/model-revision';
import { resolveCampaign } from '../../config/resolve-campaign';
import { labelledPreference } from '../../contract/labelled-preference';
import { askedModels } from '../../contract/reward-models-of';
import { promptRecord } from '../../contract/round';
import { useTemporaryStore } from '../artifact-store/temporary-store';
import { rejection } from '../model-server/against';
import { useCampaignFolder, type CampaignContent } from './campaign-folder';

const folder = useCampaignFolder();
const store = useTemporaryStore();

async function resolve(changes: CampaignContent = {}) {
  const file = folder.putCampaign(changes);
  return resolveCampaign(file, await loadCampaign(file), store());
}

async function problemsOf(changes: CampaignContent = {}): Promise<string[]> {
  const error = await rejection<Error>(resolve(changes));
  expect(error.name).toBe('CampaignFileError');
  return error.message.split('\n').map((line) => line.replace(`${folder.path('campaign.yaml')}: `, ''));
}

const rewardModel = { id: 'rm-one', kind: 'classify', model: 'rm-one' };

test('weights are named by what they are, data is in the store', async () => {
  const { campaign, embeddedModels } = await resolve();
  const revision = await modelRevision(folder.path('policy'));
  expect(campaign.serving.baseModel).toEqual({ name: 'policy', path: folder.path('policy'), revision });
  expect(campaign.rewardModels[0]).toMatchObject({
    servedModel: 'rm-one',
    revision: await modelRevision(folder.path('rm-one')),
  });
  expect(embeddedModels).toEqual([
    { name: 'policy', path: folder.path('policy'), task: 'generate' },
    { name: 'rm-one', path: folder.path('rm-one'), task: 'classify' },
  ]);
  expect(await store().getJsonLines(campaign.trainPrompts, promptRecord)).toHaveLength(2);
  expect(await store().getJsonLines(campaign.heldOutPrompts, promptRecord)).toMatchObject([{ answer: '4' }]);
});

test('servers elsewhere need no weights here', async () => {
  const { campaign, embeddedModels } = await resolve({
    policy: { model: 'org/model', revision: 'abc', server: 'http://gpu:8000', contextServer: 'http://gpu:8001' },
    rewardModels: [{ id: 'rm', kind: 'loglik', server: 'http://gpu:8002', servedModel: 'org/rm' }],
  });
  expect(embeddedModels).toEqual([]);
  expect(campaign.serving.baseModel).toEqual({ name: 'org/model', path: 'org/model', revision: 'abc' });
  expect(campaign.rewardModels[0]).toMatchObject({ servedModel: 'org/rm', revision: 'org/rm' });
});

test('an implicit reward has two models on the embedded server, each named by what it is', async () => {
  const reference = { servedModel: 'policy', model: 'policy' };
  const { campaign, embeddedModels } = await resolve({
    rewardModels: [{ id: 'dpo', kind: 'implicitDpo', model: 'rm-one', reference }],
  });
  expect(campaign.rewardModels[0]).toMatchObject({
    servedModel: 'dpo',
    revision: await modelRevision(folder.path('rm-one')),
    reference: { server: 'embedded', revision: await modelRevision(folder.path('policy')) },
  });
  expect(embeddedModels).toEqual([
    { name: 'policy', path: folder.path('policy'), task: 'generate' },
    { name: 'dpo', path: folder.path('rm-one'), task: 'generate' },
  ]);
});

test('a process reward model is served as a classifier, a verifier not at all', async () => {
  const { campaign, embeddedModels } = await resolve({
    rewardModels: [
      { id: 'steps', kind: 'tokenClassify', model: 'rm-one', stepSeparator: '#' },
      { id: 'math', kind: 'verifier', rule: { type: 'mathEquivalence' } },
      { id: 'exact', kind: 'verifier', rule: { type: 'exact' } },
    ],
  });
  expect(embeddedModels.slice(1)).toEqual([{ name: 'steps', path: folder.path('rm-one'), task: 'classify' }]);
  expect(campaign.rewardModels.slice(1).map(({ revision }) => revision)).toEqual(['math-verify 0.9.0', 'rule']);
});

test('two reward models may share weights under one name', async () => {
  const twice = ['a', 'b'].map((id) => ({ id, kind: 'loglik', servedModel: 'policy', model: 'policy' }));
  const { embeddedModels } = await resolve({ rewardModels: twice });
  expect(embeddedModels).toHaveLength(1);
});

test.each<[string, CampaignContent, RegExp[]]>([
  [
    'missing model folders, all of them',
    { policy: { model: 'polcy' }, rewardModels: [{ ...rewardModel, model: 'rm-won' }] },
    [
      /^policy\.model "polcy" is not a folder with a config\.json.*correct the path; for a hub id give policy\.revision too$/,
      /^rewardModels\[0\]\.model "rm-won" is not a folder/,
    ],
  ],
  [
    'one served name for two models',
    { rewardModels: [{ ...rewardModel, servedModel: 'policy' }] },
    [/^rewardModels\[0\]\.servedModel: the embedded server has a model "policy" already; set another servedModel$/],
  ],
  [
    'more prompts a round than there are',
    { promptBatchSize: 16 },
    [/^promptBatchSize: is 16, but train\.jsonl has only 2 prompts; lower it or add prompts$/],
  ],
  [
    'batches by a category that is not there',
    { data: { train: 'train.jsonl', heldOut: 'held-out.jsonl', batching: 'byCategory' } },
    [/^data\.batching is byCategory, but train\.jsonl has prompts without a "category"; set data\.fields\.category/],
  ],
])('%s is refused', async (_, changes, expected) => {
  const problems = await problemsOf(changes);
  expect(problems).toHaveLength(expected.length);
  expected.forEach((pattern, index) => expect(problems[index]).toMatch(pattern));
});

test('a category with too few prompts is named', async () => {
  folder.put(
    'by.jsonl',
    ['{"prompt":"a","category":"x"}', '{"prompt":"b","category":"x"}', '{"prompt":"c","category":"y"}'].join('\n'),
  );
  const data = { train: 'by.jsonl', heldOut: 'held-out.jsonl', batching: 'byCategory' };
  expect(await problemsOf({ promptBatchSize: 2, data })).toEqual([
    'promptBatchSize: is 2, but category "y" of by.jsonl has only 1 prompts; lower it or add prompts',
  ]);
});

test('held-out prompts need answers; training prompts only where the bandit’s reward does', async () => {
  folder.put('train.jsonl', '{"prompt":"a"}\n');
  await expect(resolve()).resolves.toBeDefined();
  await expect(resolve({ banditReward: { type: 'verifiedPairs' } })).rejects.toThrow(
    /train\.jsonl: line 1 has no answer/,
  );
  rmSync(folder.path('held-out.jsonl'));
  await expect(resolve()).rejects.toThrow(/held-out\.jsonl: cannot be read/);
});

describe('a win rate', () => {
  const other = { id: 'judge', kind: 'judge', server: 'http://gpu:8000', servedModel: 'org/judge' };
  const winRate = (changes: object = {}) => ({ evaluation: { type: 'winRate', judge: other, ...changes } });

  test('needs no answers, unless they are the baseline or the judge reads them', async () => {
    folder.put('held-out.jsonl', '{"prompt":"a"}\n');
    const { campaign, embeddedModels } = await resolve(winRate());
    expect(campaign.evaluation).toMatchObject({ baseline: 'firstPolicy', judge: { revision: 'org/judge' } });
    expect(embeddedModels.map(({ name }) => name)).toEqual(['policy', 'rm-one']);
    const rule = { id: 'rule', kind: 'verifier', rule: { type: 'exact' } };
    for (const changes of [{ baseline: 'answer' }, { judge: rule }]) {
      await expect(resolve(winRate(changes))).rejects.toThrow(/held-out\.jsonl: line 1 has no answer/);
    }
  });

  test('by a reward model of this machine, which is served too', async () => {
    folder.put('rm-two/config.json', '{}');
    folder.put('rm-two/model.safetensors', 'other weights');
    const { campaign, embeddedModels } = await resolve(
      winRate({ judge: { id: 'rm-two', kind: 'classify', model: 'rm-two' } }),
    );
    expect(askedModels(campaign).map(({ id }) => id)).toEqual(['rm-one', 'rm-two']);
    expect(embeddedModels).toContainEqual({ name: 'rm-two', path: folder.path('rm-two'), task: 'classify' });
  });

  test('by what the policy is trained on is refused, under whatever name, unless the file wants it', async () => {
    for (const id of ['rm-one', 'another-name']) {
      const changes = winRate({ judge: { ...rewardModel, id } });
      const named = `^evaluation\\.judge: "${id}" is the reward model "rm-one", which the policy is trained to please`;
      expect(await problemsOf(changes)).toEqual([expect.stringMatching(named)]);
      const wanted = winRate({ judge: { ...rewardModel, id }, judgeMayTrain: true });
      await expect(resolve(wanted)).resolves.toBeDefined();
    }
  });

  test.each([
    ['no judge', { judge: undefined }, /^evaluation\.judge/],
    [
      'a judge without weights',
      { judge: { id: 'rm', kind: 'classify' } },
      /^evaluation\.judge\.model is missing|^evaluation\.judge\.model: is missing/,
    ],
    ['the name of another', { judge: { ...other, id: 'rm-one' } }, /^evaluation\.judge\.id: "rm-one" is another model/],
    ['a bad address', { judge: { ...other, server: 'http://gpu:8000/v1' } }, /^evaluation\.judge\.server/],
    ['a key of no evaluation', { jugde: other }, /^evaluation\.jugde is not a key here; did you mean "judge"\?/],
  ])('%s is refused', async (_, changes, expected) => {
    expect(await problemsOf(winRate(changes))).toEqual([expect.stringMatching(expected)]);
  });

  test('a judge is no key of an accuracy, and a file that does not say measures one', async () => {
    expect(await problemsOf({ evaluation: { judge: other } })).toEqual([
      expect.stringMatching(/^evaluation\.judge is not a key here/),
    ]);
    expect((await resolve()).campaign.evaluation).toEqual({
      ...{ everyIterations: 1, maxTokens: 256, stop: [], answerPattern: '(-?[\\d.,]*\\d)' },
    });
  });
});

const answered = Array.from({ length: 200 }, (_, i) => JSON.stringify({ prompt: `p${i}`, answer: `${i}` }));

test('golden prompts: a share by a hash of the prompt, or those of a file, or all where the guard wants verified answers', async () => {
  folder.put('train.jsonl', answered.join('\n'));
  const goldenOf = async (banditReward: object) => {
    const { goldenPrompts } = (await resolve({ banditReward })).campaign;
    return goldenPrompts && (await store().getJsonLines(goldenPrompts, promptRecord)).map(({ prompt }) => prompt);
  };
  const tenth = await goldenOf({ type: 'goldenAgreement' });
  expect(tenth!.length).toBeGreaterThan(8);
  expect(tenth!.length).toBeLessThan(36);
  expect(await goldenOf({ type: 'trainLoss', guard: {} })).toEqual(tenth);
  expect(await goldenOf({ type: 'goldenAgreement', golden: { seed: 2 } })).not.toEqual(tenth);
  folder.put('train.jsonl', answered.slice(0, 100).join('\n'));
  expect(await goldenOf({ type: 'goldenAgreement' })).toEqual(tenth!.filter((prompt) => Number(prompt.slice(1)) < 100));
  folder.put('golden.jsonl', '{"prompt":"p3","answer":"three"}');
  expect(await goldenOf({ type: 'goldenAgreement', golden: { file: 'golden.jsonl' } })).toEqual(['p3']);
  expect(await goldenOf({ type: 'nllLoss', guard: { evidence: { type: 'verified' } } })).toHaveLength(100);
  expect(await goldenOf({ type: 'nllLoss' })).toBeUndefined();
  folder.put('golden.jsonl', '{"prompt":"other","answer":"three"}');
  await expect(goldenOf({ type: 'goldenAgreement', golden: { file: 'golden.jsonl' } })).rejects.toThrow(
    /none of the prompts of train\.jsonl/,
  );
});

test('labelled preferences are data of the campaign; bad lines are named', async () => {
  const selection = { type: 'classifier', labelled: 'labelled.jsonl' };
  const line = { prompt: 'p', chosen: 'a', rejected: 'b', category: 'sum' };
  folder.put('labelled.jsonl', `${JSON.stringify({ ...line, source: 'elsewhere' })}\n\n`);
  const { campaign } = await resolve({ selection });
  expect(await store().getJsonLines(campaign.labelledPreferences!, labelledPreference)).toEqual([line]);
  folder.put('labelled.jsonl', ['{', '{"prompt":"p"}', JSON.stringify({ ...line, rejected: 'a' })].join('\n'));
  await expect(resolve({ selection })).rejects.toThrow(
    /line 1 is not JSON[^]*line 2 is no \{ prompt[^]*line 3 has one text/,
  );
  rmSync(folder.path('labelled.jsonl'));
  await expect(resolve({ selection })).rejects.toThrow(/labelled\.jsonl: cannot be read/);
});

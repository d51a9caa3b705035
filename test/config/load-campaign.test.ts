import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadCampaign } from '../../config/load-campaign';
import { rejection } from '../model-server/against';
import { useCampaignFolder, type CampaignContent } from './campaign-folder';

const folder = useCampaignFolder();

async function problemsOf(changes: CampaignContent): Promise<string[]> {
  return problemsIn(folder.putCampaign(changes));
}

/** The lines of the refusal; each must begin with the file. */
async function problemsIn(file: string): Promise<string[]> {
  const error = await rejection<Error>(loadCampaign(file));
  expect(error.name).toBe('CampaignFileError');
  return error.message.split('\n').map((line) => {
    expect(line.startsWith(`${file}: `)).toBe(true);
    return line.slice(file.length + 2);
  });
}

const rewardModel = { id: 'rm-one', kind: 'classify', model: 'rm-one' };
const policy = { model: 'policy' };

test('the smallest campaign gets the defaults of the paper', async () => {
  expect(await loadCampaign(folder.putCampaign())).toMatchObject({
    iterations: 10,
    seed: 1,
    policy: { server: 'embedded', lora: { rank: 16, loraAlpha: 32, targetModules: ['q_proj', 'v_proj'] } },
    sampling: { completionsPerPrompt: 30, temperature: 0.8 },
    pairing: { pairsPerPrompt: 10 },
    training: { lossType: 'sigmoid', nllWeight: 1, learningRate: 5e-6 },
    selection: { type: 'laser', bandit: { type: 'linUcb', alpha: 1, ridge: 1 } },
    banditReward: { type: 'trainLoss', lowQuantile: 0.2, highQuantile: 0.8 },
  });
});

test('a seed of the command line stands above the file', async () => {
  expect(await loadCampaign(folder.putCampaign({ seed: 3 }), { seed: 7 })).toMatchObject({ seed: 7 });
});

test.each<[string, CampaignContent, RegExp]>([
  [
    'a misspelt key',
    { iteration: 3 },
    /^iteration is not a key here; did you mean "iterations"\? Keys: name, .*iterations/,
  ],
  [
    'a misspelt key further down',
    { sampling: { temprature: 1 } },
    /^sampling\.temprature .*did you mean "temperature"\?/,
  ],
  [
    'a misspelt key of a reward model',
    { rewardModels: [{ ...rewardModel, modle: 'x' }] },
    /^rewardModels\[0\]\.modle .*"model"/,
  ],
  [
    'a limit of a step that does not exist',
    { durability: { steps: { score: { maxAttempts: 3 } } } },
    /^durability\.steps\.score\.maxAttempts is not a key here.*maximumAttempts/,
  ],
  [
    'a kind of step that does not exist',
    { durability: { steps: { trian: {} } } },
    /^durability\.steps\.trian .*did you mean "train"\?/,
  ],
  [
    'no attempt at all',
    { durability: { steps: { train: { maximumAttempts: 0 } } } },
    /steps\.train\.maximumAttempts: /,
  ],
  [
    'waits that shrink',
    { durability: { steps: { publish: { initialIntervalSeconds: 90 } } } },
    /^durability\.steps\.publish\.maximumIntervalSeconds: is less than initialIntervalSeconds/,
  ],
  ['a key like no other', { zzzzzzzzzz: 1 }, /^zzzzzzzzzz is not a key here; Keys: /],
  ['a wrong type', { iterations: 'ten' }, /^iterations: .*expected int|number/],
  ['a missing key', { data: { train: 'train.jsonl' } }, /^data\.heldOut is missing; give it \(string\)$/],
  [
    'an unknown kind',
    { rewardModels: [{ ...rewardModel, kind: 'clasify' }] },
    /^rewardModels\[0\]\.kind: .*'classify'.*'loglik'/,
  ],
  ['no reward model', { rewardModels: [] }, /^rewardModels: .*>=1/],
  [
    'a reward model twice',
    { rewardModels: [rewardModel, rewardModel] },
    /^rewardModels\[1\]\.id: "rm-one" is used twice; give each/,
  ],
  [
    'an id that names no queue',
    { rewardModels: [{ ...rewardModel, id: 'RM One' }] },
    /^rewardModels\[0\]\.id: must be 1 to 63 of a-z/,
  ],
  [
    'an embedded reward model without weights',
    { rewardModels: [{ id: 'a', kind: 'classify' }] },
    /^rewardModels\[0\]\.model: is missing; .*folder/,
  ],
  [
    'nobody to ask at first',
    { rewardModels: [{ ...rewardModel, fromIteration: 2 }] },
    /^rewardModels: has none that may be asked in iteration 1/,
  ],
  [
    'always one that comes later',
    {
      rewardModels: [rewardModel, { ...rewardModel, id: 'rm-two', fromIteration: 2 }],
      selection: { type: 'fixed', rewardModelId: 'rm-two' },
    },
    /^selection\.rewardModelId: "rm-two" has a fromIteration/,
  ],
  [
    'a fixed reward model that is none',
    { selection: { type: 'fixed', rewardModelId: 'rm-two' } },
    /^selection\.rewardModelId: "rm-two" is none of .*\(rm-one\)/,
  ],
  [
    'alpha that is no number',
    { selection: { type: 'laser', bandit: { type: 'linUcb', alpha: Number.NaN } } },
    /^selection\.bandit\.alpha: .*expected number, received NaN/,
  ],
  [
    'infinite alpha',
    { selection: { type: 'laser', bandit: { type: 'linUcb', alpha: Infinity } } },
    /^selection\.bandit\.alpha: .*number/,
  ],
  ['negative n', { sampling: { completionsPerPrompt: -30 } }, /^sampling\.completionsPerPrompt: .*>0/],
  ['half a completion', { sampling: { completionsPerPrompt: 1.5 } }, /^sampling\.completionsPerPrompt: .*int/],
  ['temperature 0, which makes n completions one', { sampling: { temperature: 0 } }, /^sampling\.temperature: .*>0/],
  ['a learning rate of 0', { training: { learningRate: 0 } }, /^training\.learningRate: .*>0/],
  [
    'quantiles the wrong way round',
    { banditReward: { type: 'trainLoss', lowQuantile: 0.9 } },
    /^banditReward\.lowQuantile: must be below highQuantile/,
  ],
  [
    'a template without the prompt',
    { data: { train: 'a', heldOut: 'b', template: 'Q:' } },
    /^data\.template: .*\{prompt\}/,
  ],
  [
    'a pattern that is none',
    { evaluation: { answerPattern: '(' } },
    /^evaluation\.answerPattern: Invalid regular expression/,
  ],
  [
    'the metadata address of a cloud',
    { policy: { ...policy, server: 'http://169.254.169.254' } },
    /^policy\.server: .*metadata address; give the address of a model server/,
  ],
  [
    'the same in other digits',
    { policy: { ...policy, contextServer: 'http://2852039166' } },
    /^policy\.contextServer: .*metadata/,
  ],
  [
    'a metadata host',
    { rewardModels: [{ ...rewardModel, server: 'http://metadata.google.internal/' }] },
    /^rewardModels\[0\]\.server: .*metadata/,
  ],
  ['an address without http', { policy: { ...policy, server: 'localhost:8000' } }, /^policy\.server is not an http:/],
  ['a number as server', { policy: { ...policy, server: 8000 } }, /^policy\.server: .*"embedded"; or .*string/],
  [
    'a file as server',
    { policy: { ...policy, server: 'file:///etc/passwd' } },
    /^policy\.server is not an http:\/\/ or https:\/\/ address; give one such as .*embedded$/,
  ],
  [
    'an address with /v1',
    { policy: { ...policy, server: 'http://127.0.0.1:8000/v1' } },
    /^policy\.server: .*ends in \/v1; leave it out/,
  ],
])('%s is refused, with place, problem and remedy', async (_, changes, expected) => {
  const problems = await problemsOf(changes);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(expected);
});

test.each<[string, object, RegExp]>([
  ['a dialect without an address', { id: 'a', kind: 'sglang' }, /^rewardModels\[0\]\.server is missing/],
  ['a dialect on the embedded server', { id: 'a', kind: 'tei', server: 'embedded' }, /^rewardModels\[0\]\.server /],
  [
    'a template without the completion',
    { id: 'a', kind: 'openrlhf', server: 'http://rm:1', template: '{prompt}' },
    /^rewardModels\[0\]\.template: must contain \{completion\}/,
  ],
  [
    'a scale upside down',
    { id: 'a', kind: 'judge', server: 'http://rm:1', lowestScore: 5, highestScore: 5 },
    /^rewardModels\[0\]\.highestScore: must be above lowestScore/,
  ],
  [
    'a pattern that is none',
    { id: 'a', kind: 'verifier', rule: { type: 'format', pattern: '(' } },
    /^rewardModels\[0\]\.rule\.pattern: Invalid regular expression/,
  ],
  [
    'a reference without weights',
    { id: 'a', kind: 'implicitDpo', model: 'rm-one', reference: { servedModel: 'ref' } },
    /^rewardModels\[0\]\.reference\.model: is missing/,
  ],
  [
    'a metadata address of a reference',
    {
      id: 'a',
      kind: 'implicitDpo',
      server: 'http://rm:1',
      reference: { server: 'http://169.254.169.254', servedModel: 'ref' },
    },
    /^rewardModels\[0\]\.reference\.server: .*metadata/,
  ],
  [
    'a key of another kind',
    { id: 'a', kind: 'verifier', server: 'http://rm:1', rule: { type: 'exact' } },
    /^rewardModels\[0\]\.server is not a key here; .*Keys: id, fromIteration, kind, revision, rule$/,
  ],
])('%s is refused', async (_, model, expected) => {
  expect(await problemsOf({ rewardModels: [model] })).toEqual([expect.stringMatching(expected)]);
});

test('a password in an address is refused and not repeated', async () => {
  const [problem] = await problemsOf({ policy: { ...policy, server: 'http://user:s3cret@host:8000' } });
  expect(problem).toMatch(/^policy\.server: .*user name or password; remove it/);
  expect(problem).not.toContain('s3cret');
});

test('all problems are told at once', async () => {
  expect(await problemsOf({ iterations: 0, seed: -1, nmae: 'x' })).toHaveLength(3);
});

test.each([
  ['no such file', null, /^there is no such file; give the path/],
  ['an empty file', '', /^the file: .*object/],
  ['a list', '- name: small\n', /^the file: .*object.*array/],
  ['no YAML', 'name: [small\n', /^is not YAML: .*line 2/],
  ['a key twice', 'name: a\nname: b\n', /^is not YAML: .*unique/],
  ['a billion laughs', bomb(), /^is not YAML: .*alias/],
])('%s is refused', async (_, content, expected) => {
  const file = content === null ? folder.path('absent.yaml') : folder.put('campaign.yaml', content);
  expect((await problemsIn(file))[0]).toMatch(expected);
});

function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`);
  return ['l0: &l0 [x]', ...levels].join('\n');
}

const shipped = join(__dirname, '../../config/campaigns');
const profiles = readdirSync(shipped, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));

test.each(profiles)('the shipped campaign %s is right', async (profile) => {
  expect(await loadCampaign(join(shipped, profile))).toMatchObject({ name: expect.any(String) });
});

test('there are shipped campaigns', () => {
  expect(profiles.length).toBeGreaterThan(0);
});

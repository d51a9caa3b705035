import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { initCampaign } from '../../cli/init-campaign';
import { campaignSchema, type SchemaNode } from '../../cli/reference/schema-node';
import { loadCampaign } from '../../config/load-campaign';
import { resolveModels } from '../../config/resolve-models';
import { initOutput } from '../../contract/cli-output/machine';
import type { Campaign } from '../../contract/campaign';
import { projectRoot } from '../../workers/embedded/project-root';
import { useOutput } from './use-output';

const presets = [
  'quickstart',
  'ci',
  'smollm2-gsm8k',
  'paper-gsm8k',
  'paper-strategyqa',
  'paper-mmlu',
  'paper-wildchat',
];
const output = useOutput();
let folder: string;
const file = () => join(folder, 'deep', 'campaign.yaml');

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'laser-init-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Every path is what it is from the file's own folder. */
function fromRoot(campaign: Campaign, place: string): Campaign {
  const lead = (path: string) => (path.startsWith('/') ? path : relative('/', join(place, path)));
  return {
    ...campaign,
    policy: { ...campaign.policy, model: lead(campaign.policy.model) },
    data: { ...campaign.data, train: lead(campaign.data.train), heldOut: lead(campaign.data.heldOut) },
    rewardModels: campaign.rewardModels.map((model) =>
      'model' in model && model.model !== undefined ? { ...model, model: lead(model.model) } : model,
    ),
  };
}

test.each(presets)('%s: the written file means what the preset means', async (preset) => {
  await initCampaign(file(), { preset });
  const source = join(projectRoot, 'config', 'campaigns', `${preset}.yaml`);
  const written = fromRoot(await loadCampaign(file()), join(folder, 'deep'));
  expect(written).toEqual(fromRoot(await loadCampaign(source), join(projectRoot, 'config', 'campaigns')));
});

test('its models are found from where it is', async () => {
  await initCampaign(file(), { preset: 'quickstart' });
  const { embeddedModels } = await resolveModels(file(), await loadCampaign(file()));
  expect(embeddedModels.map(({ path }) => path)).toContain(join(projectRoot, 'models', 'quickstart', 'rm-sum'));
});

test('every key of the schema is in it, used or commented out, and the preset’s own comments stay', async () => {
  await initCampaign(file(), { preset: 'paper-gsm8k' });
  const text = readFileSync(file(), 'utf8');
  const absent = keysOf(campaignSchema()).filter((key) => !new RegExp(`^[ #-]*${key}:`, 'm').test(text));
  expect(absent).toEqual([]);
  expect(text).toContain('# EDIT: the addresses.');
  expect(text).toContain('# Every random choice derives from it. (integer ≥ 0, default 1)');
  expect(text).toMatch(/^ {2}#promptFormat: text$/m);
});

test('what is commented out can be used as it stands', async () => {
  await initCampaign(file(), { preset: 'ci' });
  const text = readFileSync(file(), 'utf8');
  const used = text.replace(/^( *)#(nllWeight|weightDecay|maxGradNorm|lossType|promptFormat): /gm, '$1$2: ');
  expect(used).not.toBe(text);
  writeFileSync(file(), used);
  const before = await loadCampaign(join(projectRoot, 'config', 'campaigns', 'ci.yaml'));
  expect(await loadCampaign(file())).toMatchObject({ training: before.training, policy: { promptFormat: 'text' } });
});

test('a file that is there is not written over, unless --force says so', async () => {
  mkdirSync(join(folder, 'deep'));
  writeFileSync(file(), 'mine');
  await expect(initCampaign(file(), { preset: 'ci' })).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/is there already; .*--force/),
  });
  expect(readFileSync(file(), 'utf8')).toBe('mine');
  await initCampaign(file(), { preset: 'ci', force: true });
  expect((await loadCampaign(file())).name).toBe('ci');
});

test('--json', async () => {
  await initCampaign(file(), { preset: 'ci', json: true });
  expect(initOutput.parse(output.json())).toEqual({ file: file(), preset: 'ci' });
});

function keysOf({ properties = {}, items, oneOf = [], anyOf = [] }: SchemaNode): string[] {
  const children = [...Object.values(properties), ...oneOf, ...anyOf, ...(items ? [items] : [])];
  return [...new Set([...Object.keys(properties), ...children.flatMap(keysOf)])];
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ArtifactStore } from '../../artifact-store';
import { loadComparison } from '../../config/load-comparison';
import { resolveComparison } from '../../config/resolve-comparison';
import { rejection } from '../model-server/against';
import { useCampaignFolder } from './campaign-folder';

const folder = useCampaignFolder();
const smallest = {
  ...{ name: 'two', base: 'campaign.yaml', reference: 'laser', seeds: [1, 2] },
  strategies: [{ name: 'laser' }, { name: 'random', changes: { selection: { type: 'random' } } }],
};

function put(changes: Record<string, unknown> = {}): string {
  folder.putCampaign({ sampling: { temperature: 0.5 } });
  return folder.put('compare.yaml', stringify({ ...smallest, ...changes }));
}

async function resolve(file: string) {
  return resolveComparison(file, await loadComparison(file), new ArtifactStore(folder.path('store')));
}

async function refusalOf(changes: Record<string, unknown>): Promise<string> {
  const file = put(changes);
  const { name, message } = await rejection<Error>(resolve(file));
  expect(name).toBe('CampaignFileError');
  expect(message.startsWith(`${file}: `)).toBe(true);
  return message.slice(file.length + 2);
}

test('every strategy is the base with its changes, as a campaign of its own', async () => {
  const { plan, embeddedModels, rewardModels } = await resolve(put({ changes: { iterations: 3 } }));
  expect(plan).toMatchObject({ comparison: 'two', reference: 'laser', seeds: [1, 2] });
  const campaigns = plan.strategies.map(({ campaign }) => campaign);
  expect(campaigns.map(({ name, selection }) => [name, selection.type])).toEqual([
    ['two-laser', 'laser'],
    ['two-random', 'random'],
  ]);
  for (const { iterations, sampling } of campaigns) expect([iterations, sampling.temperature]).toEqual([3, 0.5]);
  expect(plan.strategies[1]!.changes).toEqual({ selection: { type: 'random' } });
  expect(embeddedModels.map(({ name }) => name)).toEqual(['policy', 'rm-one']);
  expect(rewardModels.map(({ id }) => id)).toEqual(['rm-one']);
});

const changing = (changes: unknown) => ({ strategies: [{ name: 'laser' }, { name: 'other', changes }] });

test.each([
  [{ refrence: 'laser' }, /^refrence is not a key here; did you mean "reference"\?/],
  [{ reference: 'best' }, 'reference: "best" is none of the strategies (laser, random)'],
  [{ seeds: [1, 2, 1] }, 'seeds[2]: 1 is there twice; take one out'],
  [{ strategies: [{ name: 'laser' }, { name: 'laser' }] }, /^strategies\[1\]\.name: "laser" is used twice/],
  [{ name: 'x'.repeat(60) }, /^strategies\[0\]\.name: with the comparison’s name it has 66 characters; shorten/],
  [changing({ selecton: {} }), /^strategies\[1\] \(other\): selecton is not a key here; did you mean "selection"\?/],
  [
    changing({ selection: { type: 'fixed', rewardModelId: 'rm-two' } }),
    'strategies[1] (other): selection.rewardModelId: "rm-two" is none of the reward models (rm-one)',
  ],
  [changing({ seed: 3 }), /^strategies\[1\] \(other\)\.changes: seed cannot be changed here; list it under seeds/],
  [{ changes: { name: 'x' } }, /^changes: name cannot be changed here/],
  [
    changing({ rewardModels: [{ id: 'rm-one', kind: 'classify', model: 'gone' }] }),
    /^strategies\[1\] \(other\): .*campaign\.yaml: rewardModels\[0\]\.model "gone" is not a folder/,
  ],
  [
    changing({ evaluation: { type: 'winRate', judge: { id: 'j', kind: 'judge', server: 'http://gpu:8000' } } }),
    /^strategies\[1\] \(other\): is measured otherwise than the strategies before it/,
  ],
  [changing({ data: { heldOut: 'train.jsonl' } }), /^strategies\[1\] \(other\): changes the held-out prompts/],
])('refuses %j', async (changes, refusal) => {
  const text = await refusalOf(changes);
  if (typeof refusal === 'string') expect(text).toBe(refusal);
  else expect(text).toMatch(refusal);
});

test('a mistake in the base is told of the base', async () => {
  const file = put();
  const base = folder.putCampaign({ iterations: 0 });
  const { message } = await rejection<Error>(loadComparison(file));
  expect(message).toContain('campaign.yaml: iterations: ');
  expect(base).toContain('campaign.yaml');
  const lost = folder.put('compare.yaml', stringify({ ...smallest, base: 'none.yaml' }));
  expect((await rejection<Error>(loadComparison(lost))).message).toMatch(
    /none\.yaml: there is no such file; give the path of the campaign file that .*compare\.yaml names as its base$/,
  );
});

const tables = join(__dirname, '..', '..', 'benchmarks', 'reproduce');
const names = readdirSync(tables).filter((name) => name.endsWith('.yaml'));
test.each(names)('benchmarks/reproduce/%s is a comparison of its name', async (name) => {
  const { comparison, strategies } = await loadComparison(join(tables, name));
  expect(comparison.name).toBe(name.replace('.yaml', ''));
  expect(strategies.length).toBeGreaterThan(1);
});

/** Their reward models are made by a command first: `laser models misleading`, `laser models smollm2`. */
const needModels = ['guard.yaml', 'speed-large-reward-models.yaml'];
test.each(names.filter((name) => !needModels.includes(name)))('benchmarks/reproduce/%s can be run', async (name) => {
  const { plan } = await resolve(join(tables, name));
  expect(plan.strategies.length).toBeGreaterThan(1);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadCampaign } from '../../config/load-campaign';
import { resolveModels } from '../../config/resolve-models';
import { rewardModel, resolvedRewardModel } from '../../contract/reward-model';
import { projectRoot } from '../../workers/embedded/project-root';
import { useCampaignFolder, type CampaignContent } from './campaign-folder';

const folder = useCampaignFolder();
const page = readFileSync(join(projectRoot, 'docs', 'reward-models.md'), 'utf8');
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => parse(text!) as CampaignContent);
const kinds = rewardModel.options.map((option) => option.shape.kind.value);

test.each(examples.map((example, index) => [index + 1, example] as const))(
  'example %i is a campaign’s reward models, and resolves',
  async (_, example) => {
    const file = folder.putCampaign(example);
    const campaign = await loadCampaign(file);
    expect(campaign.rewardModels.length).toBeGreaterThan(0);
    const { rewardModels, embeddedModels } = await resolveModels(file, campaign);
    for (const model of rewardModels) expect(resolvedRewardModel.parse(model)).toEqual(model);
    expect(embeddedModels.map(({ name }) => name)).toEqual(['policy']);
  },
);

test('every kind has an example and a line in the table', () => {
  const shown = examples.flatMap((example) => (example['rewardModels'] as { kind: string }[]).map(({ kind }) => kind));
  expect([...new Set(shown)].sort()).toEqual([...kinds].sort());
  for (const kind of kinds) expect(page).toMatch(new RegExp(`^\\| \`${kind}\` +\\|`, 'm'));
});

test('every reason of a missing score has a line', () => {
  const source = readFileSync(join(projectRoot, 'activities', 'scorers', 'scorer.ts'), 'utf8');
  const reasons = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map(([, reason]) => reason!);
  expect(reasons.length).toBeGreaterThan(5);
  for (const reason of reasons) expect(page).toMatch(new RegExp(`^\\| \`${reason}\` +\\|`, 'm'));
});

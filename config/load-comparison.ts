import { dirname, relative, resolve } from 'node:path';
import type { Campaign } from '../contract/campaign';
import { comparison, type Comparison } from '../contract/comparison';
import { CampaignFileError } from './campaign-file-error';
import { checkCampaign } from './check-campaign';
import { describeIssue } from './describe-issue';
import { layOver } from './lay-over';
import { readYaml } from './read-yaml';

export interface LoadedComparison {
  comparison: Comparison;
  /** The campaign file, seen from the working folder; paths in the campaigns are relative to it. */
  base: string;
  strategies: { name: string; changes: Record<string, unknown>; campaign: Campaign }[];
}

/** Keys that the comparison gives each campaign itself. */
const ownKeys = { name: 'the comparison names its campaigns itself', seed: 'list it under seeds of the comparison' };

/** Reads a comparison file and its base, and checks every strategy as a campaign. @throws CampaignFileError */
export async function loadComparison(file: string): Promise<LoadedComparison> {
  const read = await readYaml(file, 'a comparison file');
  const parsed = comparison.safeParse(read);
  if (!parsed.success) {
    throw new CampaignFileError(
      file,
      parsed.error.issues.flatMap((issue) => describeIssue(comparison, issue, read)),
    );
  }
  const loaded = parsed.data;
  const base = relative('.', resolve(dirname(file), loaded.base));
  const baseValue = await readYaml(base, `the campaign file that ${file} names as its base`);
  checkCampaign(base, baseValue);
  const strategies = loaded.strategies.map(({ name, changes }, index) => {
    const where = `${file}: strategies[${index}] (${name})`;
    const layers = [
      { at: `${file}: changes`, changes: loaded.changes },
      { at: `${where}.changes`, changes },
    ];
    for (const layer of layers) refuseOwnKeys(layer.at, layer.changes);
    const value = layOver(layOver(baseValue, loaded.changes), changes);
    const campaign = checkCampaign(where, layOver(value, { name: `${loaded.name}-${name}` }));
    return { name, changes, campaign };
  });
  return { comparison: loaded, base, strategies };
}

function refuseOwnKeys(where: string, changes: Record<string, unknown>): void {
  for (const [key, remedy] of Object.entries(ownKeys)) {
    if (key in changes) throw new CampaignFileError(where, [`${key} cannot be changed here; ${remedy}`]);
  }
}

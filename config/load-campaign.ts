import { campaign, type Campaign } from '../contract/campaign';
import { checkCampaign } from './check-campaign';
import { readYaml } from './read-yaml';

/** Reads and checks a campaign file; nothing but the file itself is looked at. @throws CampaignFileError */
export async function loadCampaign(file: string, overrides: { seed?: number } = {}): Promise<Campaign> {
  const value = await readYaml(file, 'a campaign file');
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  return checkCampaign(file, campaign.safeParse(isMapping ? { ...value, ...overrides } : value));
}

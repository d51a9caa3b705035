import type { Campaign } from '../contract/campaign';
import { checkCampaign } from './check-campaign';
import { readYaml } from './read-yaml';

/** Reads and checks a campaign file; nothing but the file itself is looked at. @throws CampaignFileError */
export async function loadCampaign(file: string, overrides: { seed?: number } = {}): Promise<Campaign> {
  const read = await readYaml(file, 'a campaign file');
  const isMapping = typeof read === 'object' && read !== null && !Array.isArray(read);
  return checkCampaign(file, isMapping ? { ...read, ...overrides } : read);
}

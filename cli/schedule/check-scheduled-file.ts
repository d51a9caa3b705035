import { resolve } from 'node:path';
import { ArtifactStore } from '../../artifact-store';
import { hasDataWindow } from '../../config/data-window';
import type { Environment } from '../../config/environment';
import { loadCampaign } from '../../config/load-campaign';
import { resolveCampaign } from '../../config/resolve-campaign';
import { resolveModels } from '../../config/resolve-models';

/**
 * The campaign file's absolute path, once the file was found good: with its data, unless that depends on the time and so
 * need not be there yet. @throws CampaignFileError
 */
export async function checkScheduledFile(file: string, environment: Environment): Promise<string> {
  const campaign = await loadCampaign(file);
  if (hasDataWindow(campaign)) await resolveModels(file, campaign);
  else await resolveCampaign(file, campaign, new ArtifactStore(environment.LASER_STORE));
  return resolve(file);
}

import type { Environment } from '../config/environment';
import type { Resolution } from '../config/resolve-campaign';
import type { ResolvedCampaign } from '../contract/campaign-run';
import { startEmbedded } from '../workers/embedded/start-embedded';
import { readRuntimeFile, type RuntimeFile } from '../workers/embedded/runtime-file';
import { CommandError, exitCodes } from './command-error';

export interface UsedRuntime {
  temporalAddress: string;
  uiUrl: string | null;
  /** Rejects if the runtime breaks; never settles where it is not ours. */
  failed: Promise<never>;
  stop: () => Promise<void>;
}

/** Of a campaign, or of several. */
export type ServedModels = Pick<Resolution, 'embeddedModels'> & { campaign: Pick<ResolvedCampaign, 'rewardModels'> };

interface RuntimeUse {
  /** Whether a runtime may be started that ends with this command. */
  mayStart: boolean;
  onMessage: (message: string) => void;
}

/** What a campaign needs to run: the runtime that is up here, or a new one that ends with this command. */
export async function ensureRuntime(
  environment: Environment,
  { embeddedModels, campaign }: ServedModels,
  { mayStart, onMessage }: RuntimeUse,
): Promise<UsedRuntime> {
  const notOurs = { failed: new Promise<never>(() => undefined), stop: () => Promise.resolve() };
  const rewardModelIds = campaign.rewardModels.map(({ id }) => id);
  const present = await readRuntimeFile(environment.LASER_HOME);
  if (present?.alive === true) {
    const lacking = [
      ...embeddedModels.filter(({ name, path }) => present.models[name] !== path).map(({ name }) => `model ${name}`),
      ...rewardModelIds.filter((id) => !present.rewardModels.includes(id)).map((id) => `reward model ${id}`),
    ];
    if (lacking.length > 0) throw new CommandError(lackMessage(present, lacking), exitCodes.environment);
    onMessage(`Using what runs here already (process ${present.pid}), Temporal UI at ${present.uiUrl}`);
    return { ...notOurs, temporalAddress: present.temporalAddress, uiUrl: present.uiUrl };
  }
  if (environment.TEMPORAL_ADDRESS !== undefined && embeddedModels.length === 0) {
    return { ...notOurs, temporalAddress: environment.TEMPORAL_ADDRESS, uiUrl: null };
  }
  if (!mayStart) {
    const message =
      'Nothing runs here that could go on with the campaign after --detach. Start it with `laser up <file>` first.';
    throw new CommandError(message, exitCodes.environment);
  }
  return startEmbedded({ environment, models: embeddedModels, rewardModelIds, onMessage });
}

function lackMessage(present: RuntimeFile, lacking: readonly string[]): string {
  return (
    `What runs here already (process ${present.pid}) does not serve ${lacking.join(', ')}. ` +
    'Stop it (`laser down`) and start it with both campaign files: `laser up <file> <file>`.'
  );
}

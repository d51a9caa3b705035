import type { Client } from '@temporalio/client';
import { ArtifactStore } from '../../artifact-store';
import { readEnvironment } from '../../config/environment';
import type { CampaignState } from '../../contract/campaign-run';
import { CommandError, exitCodes } from '../command-error';
import { findCampaign, type FoundCampaign } from '../find-campaign';
import { queryState } from '../query-state';
import { connectClient } from '../temporal-client';

/** What a campaign has come to by now; all by reference into the store. */
export type CampaignTrace = Pick<
  CampaignState,
  'policy' | 'banditLog' | 'evaluations' | 'earlierEvaluations' | 'totals' | 'roundLog' | 'checkpoints'
>;

export interface OpenedCampaign extends FoundCampaign {
  client: Client;
  store: ArtifactStore;
  trace: CampaignTrace;
}

/** A campaign with what it has come to: from its result, or while it runs from itself. @throws CommandError */
export async function openCampaign(id: string): Promise<OpenedCampaign> {
  const environment = readEnvironment();
  const client = await connectClient(environment);
  const found = await findCampaign(client, id);
  const isDone = found.description.status.name === 'COMPLETED';
  const trace: CampaignTrace | null = isDone ? await found.handle.result() : await queryState(found.handle);
  if (trace === null) {
    throw new CommandError(
      `No worker answers for campaign ${found.campaignId} now, and only a worker can say what it has come to. Start one with \`laser up\`.`,
      exitCodes.environment,
    );
  }
  return { ...found, client, store: new ArtifactStore(environment.LASER_STORE), trace };
}

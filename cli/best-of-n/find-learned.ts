import type { Client } from '@temporalio/client';
import type { BestOfN } from '../../contract/best-of-n';
import type { ResolvedBestOfN } from '../../contract/best-of-n-run';
import { scalingOf } from '../../contract/selection-needs';
import type { campaignWorkflow } from '../../workflows';
import { workflowIdOf } from '../campaign-id';
import { CommandError, exitCodes } from '../command-error';
import { newestRun } from '../rerun/newest-run';

type Wanted = Pick<BestOfN, 'policy' | 'bandit'>;
type Known = Pick<ResolvedBestOfN, 'policy' | 'bandit'>;

/**
 * What a finished campaign hands on to a best-of-n: its last policy and its bandit, as far as they are wanted.
 * @throws CommandError where there is no such campaign, or what it learned does not fit
 */
export async function findLearned(
  client: Client,
  run: string,
  wanted: Wanted,
  { serving, selection }: Pick<ResolvedBestOfN, 'serving' | 'selection'>,
): Promise<Known> {
  if (wanted.policy === 'base' && wanted.bandit === 'fresh') return { policy: null, bandit: null };
  const newest = await newestRun(client, run);
  if (newest?.status !== 'COMPLETED') {
    const state = newest === null ? 'has never run here' : `has not finished (${newest.status.toLowerCase()})`;
    throw unusable(
      `Campaign ${run} ${state}, so it has no policy and no bandit to use. Run it to its end first`,
      wanted,
    );
  }
  const { campaign } = newest.input;
  const ended = client.workflow.getHandle<typeof campaignWorkflow>(workflowIdOf(run), newest.runId);
  const { policy, banditLog, contextScaling } = await ended.result();
  if (campaign.serving.baseModel.revision !== serving.baseModel.revision) {
    throw unusable(`Campaign ${run} trained another base model than policy.model names now. Name that one`, wanted);
  }
  const [seen, now] = [scalingOf(campaign.selection), scalingOf(selection)];
  // Ways of selecting that look at no context can go on from any bandit.
  if (wanted.bandit === 'campaign' && now !== 'none' && seen !== now) {
    throw unusable(
      `The bandit of campaign ${run} saw contexts scaled "${seen}", but selection.contextScaling is "${now}" here. Make it "${seen}"`,
      wanted,
    );
  }
  return {
    policy: wanted.policy === 'final' ? policy : null,
    bandit: wanted.bandit === 'campaign' ? { banditLog, contextScaling } : null,
  };
}

function unusable(problem: string, { policy, bandit }: Wanted): CommandError {
  const instead = [
    ...(policy === 'final' ? ['policy: base'] : []),
    ...(bandit === 'campaign' ? ['bandit: fresh'] : []),
  ];
  return new CommandError(`${problem}, or set ${instead.join(' and ')}.`, exitCodes.usage);
}

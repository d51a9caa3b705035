import { exitCodes, type ExitCode } from '../command-error';
import type { ExplainOutput } from '../../contract/cli-output/inspection';
import { findRound } from '../inspect/find-round';
import { openCampaign } from '../inspect/open-campaign';
import { parseRoundPosition } from '../inspect/round-position';
import { printOutput } from '../print-output';
import { ensembleOfRound } from './ensemble-of-round';
import { explanationText } from './explanation-text';
import { nearestRounds } from './nearest-rounds';

/** `laser explain <campaign> --round it/round` */
export async function explainRound(id: string, options: { round: string; json?: boolean }): Promise<ExitCode> {
  const position = parseRoundPosition(options.round);
  const campaign = await openCampaign(id);
  const { round, earlier } = await findRound(campaign, position);
  const { iteration, category, pairCount, training, rawReward, banditReward } = round;
  const output: ExplainOutput = {
    campaignId: campaign.campaignId,
    iteration,
    round: round.round,
    category,
    decisions: await Promise.all(
      round.decisions.map(async (decision) => ({
        ...decision,
        nearest: await nearestRounds(campaign.store, decision, earlier),
      })),
    ),
    ensemble: await ensembleOfRound(campaign.store, campaign.trace.banditLog, round),
    outcome: { pairs: pairCount, loss: training?.loss ?? null, rawReward, banditReward },
  };
  printOutput(output, options.json, explanationText);
  return exitCodes.done;
}

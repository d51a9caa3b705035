import type { ResolvedCampaign } from '../contract/campaign-run';
import type { AdjustableSettings } from '../contract/steering';
import type { TrainingOptions } from '../contract/training';
import { local } from './activity-proxies';

interface Step {
  campaign: ResolvedCampaign;
  iteration: number;
  round: number;
  settings: AdjustableSettings;
}

/** The campaign's training options with the learning rate of this round: what was set last, scaled by the schedule. */
export async function optionsOfStep({ campaign, iteration, round, settings }: Step): Promise<TrainingOptions> {
  const { learningRateSchedule, warmupRounds, optimizerState: _, ...options } = campaign.training;
  const { learningRate = options.learningRate } = settings;
  if ((learningRateSchedule ?? 'constant') === 'constant' && !warmupRounds) return { ...options, learningRate };
  const { roundsPerIteration, iterations } = campaign;
  const scheduled = await local.scheduleLearningRate({
    ...{ learningRate, ...(learningRateSchedule && { learningRateSchedule }), ...(warmupRounds && { warmupRounds }) },
    round: (iteration - 1) * roundsPerIteration + round,
    rounds: iterations * roundsPerIteration,
  });
  return { ...options, learningRate: scheduled.learningRate };
}

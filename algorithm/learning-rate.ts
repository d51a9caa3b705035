import type { CampaignTraining } from '../contract/campaign-training';

export interface ScheduledRate extends Pick<
  CampaignTraining,
  'learningRate' | 'learningRateSchedule' | 'warmupRounds'
> {
  /** Place of the round in the campaign, from 1. */
  round: number;
  /** All rounds of the campaign. */
  rounds: number;
}

/** More than training can tell apart, and fewer than two engines' cosines may differ in. */
const digits = 12;

/**
 * The learning rate of a round: with r₀ = round − 1 and w rounds of warm-up, `learningRate` times round/w while r₀ < w,
 * then times 1, 1 − p or (1 + cos πp)/2 with p = (r₀ − w)/(rounds − w). It is never 0, and at `learningRate` where the
 * warm-up ends. As in transformers' schedules, but for the warm-up, whose first step there is 0.
 */
export function scheduledLearningRate(of: ScheduledRate): number {
  const { learningRate, learningRateSchedule = 'constant', warmupRounds = 0, round, rounds } = of;
  const progress = (round - 1 - warmupRounds) / (rounds - warmupRounds);
  const falling = {
    constant: 1,
    linear: 1 - progress,
    cosine: (1 + Math.cos(Math.PI * progress)) / 2,
  }[learningRateSchedule];
  const factor = progress < 0 ? round / warmupRounds : falling;
  return factor === 1 ? learningRate : Number((learningRate * factor).toPrecision(digits));
}

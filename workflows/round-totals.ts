import { addNamed, addPicks } from '../algorithm/add-named';
import { addSpent, nothingSpent } from '../algorithm/cost/spent';
import type { ArmTotals, RoundSummary, RoundTotals } from '../contract/campaign-run';

export const noRounds: RoundTotals = {
  rounds: 0,
  skippedRounds: 0,
  reusedSteps: 0,
  picks: {},
  arms: {},
  seconds: {},
  lastLoss: null,
  lastBanditReward: null,
  spent: nothingSpent,
};

const noPicks: ArmTotals = { picks: 0, rewardedPicks: 0, rewardSum: 0, lastWidth: null, scored: 0, missing: 0 };

export function addRound(totals: RoundTotals, round: RoundSummary): RoundTotals {
  const arms = { ...totals.arms };
  for (const { rewardModelId, scored, missing } of round.asked) {
    const arm = arms[rewardModelId] ?? noPicks;
    const rewarded = round.banditReward !== null;
    arms[rewardModelId] = {
      picks: arm.picks + 1,
      rewardedPicks: arm.rewardedPicks + Number(rewarded),
      rewardSum: arm.rewardSum + (round.banditReward ?? 0),
      lastWidth: arm.lastWidth,
      scored: arm.scored + scored,
      missing: arm.missing + missing,
    };
  }
  for (const [rewardModelId, lastWidth] of Object.entries(round.widths)) {
    arms[rewardModelId] = { ...(arms[rewardModelId] ?? noPicks), lastWidth };
  }
  return {
    rounds: totals.rounds + 1,
    skippedRounds: totals.skippedRounds + (round.loss === null ? 1 : 0),
    reusedSteps: totals.reusedSteps + round.reusedSteps,
    picks: addPicks(totals.picks, round.picks),
    arms,
    seconds: addNamed(totals.seconds, round.seconds),
    lastLoss: round.loss ?? totals.lastLoss,
    lastBanditReward: round.banditReward ?? totals.lastBanditReward,
    spent: addSpent(totals.spent, round.spent),
  };
}

/** `right` came after `left`. */
export function addTotals(left: RoundTotals, right: RoundTotals): RoundTotals {
  const arms = { ...left.arms };
  for (const [id, arm] of Object.entries(right.arms)) {
    const before = arms[id] ?? noPicks;
    arms[id] = {
      picks: before.picks + arm.picks,
      rewardedPicks: before.rewardedPicks + arm.rewardedPicks,
      rewardSum: before.rewardSum + arm.rewardSum,
      lastWidth: arm.lastWidth ?? before.lastWidth,
      scored: before.scored + arm.scored,
      missing: before.missing + arm.missing,
    };
  }
  return {
    rounds: left.rounds + right.rounds,
    skippedRounds: left.skippedRounds + right.skippedRounds,
    reusedSteps: left.reusedSteps + right.reusedSteps,
    picks: addPicks(left.picks, right.picks),
    arms,
    seconds: addNamed(left.seconds, right.seconds),
    lastLoss: right.lastLoss ?? left.lastLoss,
    lastBanditReward: right.lastBanditReward ?? left.lastBanditReward,
    spent: addSpent(left.spent, right.spent),
  };
}

import type { RoundSummary, RoundTotals } from '../contract/campaign-run';

export const noRounds: RoundTotals = {
  rounds: 0,
  skippedRounds: 0,
  reusedSteps: 0,
  picks: {},
  arms: {},
  seconds: {},
};

export function addRound(totals: RoundTotals, round: RoundSummary): RoundTotals {
  const category = round.category ?? 'all';
  const picks = totals.picks[category] ?? {};
  return {
    rounds: totals.rounds + 1,
    skippedRounds: totals.skippedRounds + (round.loss === null ? 1 : 0),
    reusedSteps: totals.reusedSteps + round.reusedSteps,
    picks: {
      ...totals.picks,
      [category]: { ...picks, [round.rewardModelId]: (picks[round.rewardModelId] ?? 0) + 1 },
    },
    arms: { ...totals.arms },
    seconds: sum(totals.seconds, round.seconds),
  };
}

export function addTotals(left: RoundTotals, right: RoundTotals): RoundTotals {
  const picks = { ...left.picks };
  for (const [category, counts] of Object.entries(right.picks)) picks[category] = sum(picks[category] ?? {}, counts);
  return {
    rounds: left.rounds + right.rounds,
    skippedRounds: left.skippedRounds + right.skippedRounds,
    reusedSteps: left.reusedSteps + right.reusedSteps,
    picks,
    arms: { ...left.arms, ...right.arms },
    seconds: sum(left.seconds, right.seconds),
  };
}

function sum(left: Record<string, number>, right: Record<string, number>): Record<string, number> {
  const total = { ...left };
  for (const [name, value] of Object.entries(right)) total[name] = (total[name] ?? 0) + value;
  return total;
}

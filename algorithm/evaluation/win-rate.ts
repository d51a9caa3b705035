import type { Interval } from '../statistics/interval';
import { winRateInterval } from './win-rate-interval';

export type Preferred = 'candidate' | 'baseline' | 'tie';

/** One prompt, judged twice: with the candidate's answer shown first, and with it second. null: the judge gave no verdict. */
export interface Judgement {
  readonly candidateFirst: Preferred | null;
  readonly candidateSecond: Preferred | null;
}

export interface WinRate {
  /** Prompts with both verdicts; they are wins + ties + losses. */
  readonly judged: number;
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** Of the ties, those where the judge preferred another answer once the order changed: a sign of position bias. */
  readonly flipped: number;
  readonly missing: number;
  /** (wins + ties/2)/judged, and its interval; null when nothing was judged. */
  readonly winRate: number | null;
  readonly interval: Interval | null;
}

/**
 * Pairwise comparison by a judge with the order of the answers swapped, so that a liking for the first (or second) place
 * cancels: a win or loss is a preference in one order that the other does not contradict; opposite verdicts are a tie
 * (Zheng et al. 2023, "Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena", who call both-orders wins only: here a
 * verdict beside a tie counts too). A prompt with a missing verdict is left out and counted.
 */
export function winRate(judgements: readonly Judgement[], confidence = 0.95): WinRate {
  const both = judgements.flatMap(({ candidateFirst, candidateSecond }) =>
    candidateFirst === null || candidateSecond === null ? [] : [[candidateFirst, candidateSecond] as const],
  );
  const points = judgements.map(pointsOf);
  const wins = points.filter((point) => point === 1).length;
  const losses = points.filter((point) => point === 0).length;
  const judged = both.length;
  const ties = judged - wins - losses;
  return {
    judged,
    wins,
    ties,
    losses,
    flipped: both.filter(([first, second]) => side(first) * side(second) === -1).length,
    missing: judgements.length - judged,
    winRate: judged === 0 ? null : (wins + ties / 2) / judged,
    interval: judged === 0 ? null : winRateInterval(wins, losses, judged, confidence),
  };
}

/** What a prompt counts for the candidate: 1 a win, ½ a tie, 0 a loss; null where a verdict is missing. */
export function pointsOf({ candidateFirst, candidateSecond }: Judgement): 0 | 0.5 | 1 | null {
  if (candidateFirst === null || candidateSecond === null) return null;
  const balance = side(candidateFirst) + side(candidateSecond);
  if (balance === 0) return 0.5;
  return balance > 0 ? 1 : 0;
}

function side(preferred: Preferred): number {
  if (preferred === 'tie') return 0;
  return preferred === 'candidate' ? 1 : -1;
}

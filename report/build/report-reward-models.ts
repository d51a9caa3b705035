import type { RewardModelReport } from '../../contract/campaign-report';
import type { RoundRecord, ScoreSummary } from '../../contract/round-record';
import type { ReportInputs } from '../report-inputs';
import { meanOf, rewardedDecisions } from './report-round';

type Known = ReportInputs['rewardModels'][number];

/** What each reward model came to: those of the campaign in its order, then any that only the rounds know. */
export function reportRewardModels(inputs: ReportInputs): RewardModelReport[] {
  const { rounds, rewardModels, campaign } = inputs;
  const revisions = new Map(campaign.rewardModels.map(({ id, revision }) => [id, revision]));
  const known = new Map<string, Known | null>(rewardModels.map((model) => [model.id, model]));
  for (const { rewardModelId } of rounds.flatMap(({ decisions, scoring }) => [...decisions, ...scoring])) {
    if (!known.has(rewardModelId)) known.set(rewardModelId, null);
  }
  const decisions = rounds.reduce((sum, round) => sum + round.decisions.length, 0);
  return [...known].map(([id, model]) => {
    const work = workOf(id, rounds);
    const scoring = rounds.flatMap((round) => round.scoring.filter(({ rewardModelId }) => rewardModelId === id));
    return {
      rewardModelId: id,
      kind: model?.kind ?? null,
      revision: revisions.get(id) ?? null,
      status: model?.status ?? 'removed',
      ...work,
      roundsAsked: scoring.length,
      pickShare: decisions === 0 ? null : work.picks / decisions,
      meanBanditReward: meanReward(id, rounds),
      ...lastOpinion(id, rounds),
      ...scoresOf(scoring),
    };
  });
}

function workOf(id: string, rounds: readonly RoundRecord[]) {
  const work = { picks: 0, trainingSeconds: 0, generatedTokens: 0 };
  for (const round of rounds) {
    const part = partOf(id, round);
    work.picks += round.decisions.filter(({ rewardModelId }) => rewardModelId === id).length;
    work.trainingSeconds += part * (round.seconds['train'] ?? 0);
    work.generatedTokens += part * round.generatedTokens;
  }
  return work;
}

/** A reward model's part of a round: by decisions, or an even one where all were asked. */
function partOf(id: string, { decisions, scoring }: RoundRecord): number {
  const askers = decisions.length > 0 ? decisions : scoring;
  return askers.filter(({ rewardModelId }) => rewardModelId === id).length / askers.length;
}

function meanReward(id: string, rounds: readonly RoundRecord[]): number | null {
  const own = rounds.flatMap(rewardedDecisions).filter(({ rewardModelId }) => rewardModelId === id);
  const mean = meanOf(own.map(({ banditReward }) => banditReward));
  return mean === null ? null : Math.min(1, mean);
}

function lastOpinion(id: string, rounds: readonly RoundRecord[]) {
  for (const { decisions } of rounds.toReversed()) {
    const opinion = decisions.at(-1)?.arms.find(({ armId }) => armId === id);
    if (opinion) return { lastMean: opinion.mean, lastWidth: opinion.width };
  }
  return { lastMean: null, lastWidth: null };
}

function scoresOf(scoring: readonly ScoreSummary[]) {
  const sum = (of: 'scored' | 'missing' | 'seconds') => scoring.reduce((total, entry) => total + entry[of], 0);
  const scored = sum('scored');
  const tied = scoring.reduce((total, entry) => total + entry.tiedShare * entry.scored, 0);
  return {
    scored,
    missing: sum('missing'),
    tiedShare: scored === 0 ? null : Math.min(1, tied / scored),
    scoringSeconds: sum('seconds'),
  };
}

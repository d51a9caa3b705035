import type { CampaignReport, ReportedRound } from '../../contract/campaign-report';
import type { Section } from './outline';
import { rewardFigure } from './reward-figure';
import { rewardModelLines, type RewardModelLines } from './reward-model-lines';

/** What the bandit expected of each reward model, how unsure it was, and what it was paid. */
export function banditSection(report: CampaignReport): Section {
  const { rounds } = report;
  const { learns } = selectionOf(report);
  const shown = linesOf(report).filter(({ valueOf }) =>
    rounds.some((round) => report.rewardModels.some(({ rewardModelId }) => (valueOf(round, rewardModelId) ?? 0) !== 0)),
  );
  const isRewarded = rounds.some(({ banditReward }) => banditReward !== null);
  return {
    id: 'bandit',
    title: 'What the bandit thought, and what it was paid',
    paragraphs: [
      learns
        ? 'Before each round the bandit holds an expected bandit reward for every reward model, and a width that says how little it ' +
          'knows of it at this context. After the round it is paid the bandit reward.'
        : `Reward models are used by “${selectionOf(report).type}”, which learns nothing from the bandit reward.`,
      ...(isRewarded ? [] : ['No round has been rewarded.']),
    ],
    figures: [
      ...shown.map((lines) => rewardModelLines(report, lines)),
      ...(isRewarded ? (['banditReward', 'rawReward'] as const).map((of) => rewardFigure(report, of)) : []),
    ],
    tables: [],
  };
}

function selectionOf({ config }: CampaignReport) {
  const { type, bandit } = config['selection'] as { type: string; bandit?: { type: string } };
  const isLinear = type === 'bayesianRouter' || ['linUcb', 'linThompson'].includes(bandit?.type ?? '');
  return { type, isLinear, learns: type === 'laser' || type === 'bayesianRouter' };
}

function linesOf(report: CampaignReport): RewardModelLines[] {
  const { isLinear, learns } = selectionOf(report);
  const opinion = (of: 'mean' | 'width') => (round: ReportedRound, id: string) => round.arms[id]?.[of] ?? null;
  const opinions: RewardModelLines[] = [
    {
      title: isLinear ? 'Expected bandit reward θ·c' : 'Expected bandit reward',
      caption: 'Estimate at the round’s context, before the round.',
      valueOf: opinion('mean'),
      byCategory: isLinear,
    },
    {
      title: isLinear ? 'Width √(cᵀA⁻¹c)' : 'Width',
      caption: 'How little is known of the reward model at the round’s context.',
      valueOf: opinion('width'),
      byCategory: isLinear,
    },
  ];
  return [
    ...(learns ? opinions : []),
    {
      title: 'Weight in the ensemble',
      caption: 'Before the round; all weights sum to 1.',
      valueOf: ({ scores }, id) => scores[id]?.weight ?? null,
      byCategory: false,
    },
  ];
}

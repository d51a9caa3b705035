import type { CampaignReport } from '../../contract/campaign-report';
import { opinionFigure } from './opinion-figure';
import type { Section } from './outline';
import { rewardFigure } from './reward-figure';

const isLearning = (type: unknown) => type === 'laser';

/** What the bandit expected of each reward model, how unsure it was, and what it was paid. */
export function banditSection(report: CampaignReport): Section {
  const { rounds, config } = report;
  const { type } = config['selection'] as { type: string };
  const opinions = (['mean', 'width'] as const).filter((of) =>
    rounds.some(({ arms }) => Object.values(arms).some((arm) => arm[of] !== null && arm[of] !== 0)),
  );
  const isRewarded = rounds.some(({ banditReward }) => banditReward !== null);
  return {
    id: 'bandit',
    title: 'What the bandit thought, and what it was paid',
    paragraphs: [
      isLearning(type)
        ? 'Before each round the bandit holds an expected bandit reward θ·c for every reward model, and a width that says how little ' +
          'it knows of it at this context. After the round it is paid the bandit reward.'
        : `Reward models are used by “${type}”, which learns nothing from the bandit reward.`,
      ...(isRewarded ? [] : ['No round has been rewarded.']),
    ],
    figures: [
      ...(isLearning(type) ? opinions.map((of) => opinionFigure(report, of)) : []),
      ...(isRewarded ? (['banditReward', 'rawReward'] as const).map((of) => rewardFigure(report, of)) : []),
    ],
    tables: [],
  };
}

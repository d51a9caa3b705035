import type { CampaignReport } from '../../contract/campaign-report';

const accuracy = {
  title: 'Held-out accuracy',
  name: 'Accuracy',
  lead:
    'Share of held-out prompts that a policy answers correctly, greedy. Policy 0 is the one the campaign began with. ' +
    'Brackets and bars are 95 % Wilson intervals.',
  test: 'exact McNemar test',
  counts: { title: 'Correct answers by policy and category', heads: ['Correct', 'Prompts', 'Accuracy'] },
};
const winRate: typeof accuracy = {
  title: 'Win rate',
  name: 'Win rate',
  lead:
    'Share of held-out prompts on which the judge prefers a policy’s answer to the baseline’s, a tie as half. One half is no ' +
    'difference. Policy 0 is the one the campaign began with. Brackets and bars are 95 % adjusted Wald intervals.',
  test: 'exact sign test',
  counts: { title: 'Verdicts by policy and category', heads: ['Points', 'Judged', 'Win rate'] },
};

/** How a report speaks of what the campaign measures. */
export function measureWords({ accuracy: { policies } }: CampaignReport): typeof accuracy {
  return policies.some(({ all }) => all.verdicts) ? winRate : accuracy;
}

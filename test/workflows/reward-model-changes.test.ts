import type { ResolvedCampaign } from '../../contract/campaign-run';
import { changeRefusal, firstChanges } from '../../workflows/reward-model-changes';
import { campaign } from './workflow-world';

const judge = { ...campaign.rewardModels[0]!, id: 'judge', revision: 'judged-by' };
const measured = (judgeMayTrain: boolean): ResolvedCampaign => ({
  ...campaign,
  evaluation: {
    ...{ ...campaign.evaluation, type: 'winRate', temperature: 0, baseline: 'firstPolicy' },
    ...{ judge, judgeMayTrain },
  },
});
const added = (changes: object) => {
  const rewardModel = { ...judge, id: 'added', ...changes };
  return { action: 'add' as const, rewardModelId: rewardModel.id, rewardModel };
};

test.each([
  ['the judge under another name', {}],
  ['another model under the judge’s name', { id: 'judge', revision: 'other' }],
])('%s is not added to what the policy is trained to please', (_, changes) => {
  expect(changeRefusal(measured(false), firstChanges(campaign), added(changes))).toMatch(
    /^measures its win rate by judge/,
  );
  expect(changeRefusal(measured(true), firstChanges(campaign), added(changes))).toBeNull();
});

test('any other reward model is', () => {
  expect(changeRefusal(measured(false), firstChanges(campaign), added({ revision: 'other' }))).toBeNull();
  expect(changeRefusal(campaign, firstChanges(campaign), added({}))).toBeNull();
});

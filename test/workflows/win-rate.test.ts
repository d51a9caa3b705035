import type { ResolvedCampaign } from '../../contract/campaign-run';
import { campaignStateQuery } from '../../workflows/messages';
import { describeCampaign } from '../../workflows/describe-campaign';
import { currentAttributes } from '../../workflows/search-attributes';
import { campaign, useWorkflowWorld } from './workflow-world';

const world = useWorkflowWorld();
const [rewardModel] = campaign.rewardModels;
const judge = { ...rewardModel!, id: 'rm-b', servedModel: 'judge', revision: 'judge' };
const evaluation = {
  ...campaign.evaluation,
  ...{ type: 'winRate', temperature: 0, baseline: 'firstPolicy', judge, judgeMayTrain: false },
} as ResolvedCampaign['evaluation'];

test('each policy answers, and the judge compares with the answers of policy 0, on its own queue', async () => {
  const handle = await world.start({ evaluation, iterations: 2 });
  const result = await handle.result();
  expect(world.called({ step: 'evaluatePolicy' })).toEqual([]);
  expect(world.called({ step: 'judgeAnswers' }).map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
  const [first, second] = result.evaluations.map(({ outcomes, answers }) => ({
    answers,
    judged: world.value(outcomes) as { baseline: object },
  }));
  expect(first!.judged.baseline).toEqual(first!.answers);
  expect(second!.judged).toMatchObject({ baseline: first!.answers, answers: second!.answers });
  expect(second!.answers).not.toEqual(first!.answers);

  const state = await handle.query(campaignStateQuery);
  const attributes = currentAttributes(state).map(({ key, value }) => [key.name, value]);
  expect(attributes).toContainEqual(['LaserAccuracy', 0.65]);
  expect(describeCampaign(state)).toContain('| 2 | 65.0 % | 36.4 % to 88.6 % | 10 | 6 / 1 / 3 |');
  const { events } = await handle.fetchHistory();
  const queues = events!.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
    scheduled?.activityId === 'i01-judge-rm-b' ? [scheduled.taskQueue!.name] : [],
  );
  expect(queues).toEqual(['laser-score-rm-b']);
});

test('against reference answers there is no baseline of a policy', async () => {
  const result = await world.run({
    evaluation: { ...evaluation, baseline: 'answer' } as ResolvedCampaign['evaluation'],
  });
  for (const { outcomes } of result.evaluations) expect(world.value(outcomes)).toMatchObject({ baseline: null });
});

test.each([
  ['wholly below one half', 0.49, true],
  ['not wholly below one half', 0.51, false],
])('an interval %s: regressed is %s', async (_, high, regressed) => {
  world.control.compared = { rows: [rowTo(high)], pValue: 0.01 };
  expect(await world.run({ evaluation })).toMatchObject({ regressed });
});

const rowTo = (high: number) => ({
  ...{ category: 'all', total: 10, before: { value: 0.5, low: 0.4, high: 0.6 } },
  after: { value: 0.4, low: 0.3, high },
});

import { replayDecisions } from '../../../cli/replay/replay-decisions';
import { armDecision, type ArmDecision, type RoundRecord } from '../../../contract/round-record';
import { selection, type Granularity } from '../../../contract/selection';
import { useActivityWorld } from '../../activities/activity-world';

const world = useActivityWorld();
const arms = ['rm-a', 'rm-b'];
const table = { sum: { 'rm-a': 0.2, 'rm-b': 0.9 }, sort: { 'rm-a': 0.8, 'rm-b': 0.5 } };
const sum = { promptId: 'p1', prompt: '1+1', category: 'sum' };
const sort = { promptId: 'p2', prompt: 'ba', category: 'sort' };

/** One round of an oracle, chosen by the activity and recorded as the round log does. */
async function oracleRound(granularity: Granularity, prompts: (typeof sum)[]) {
  const store = world.store();
  const chosen = selection.parse({ type: 'oracle', granularity, table });
  const { banditLog } = await world.run('createBandit', { seed: 1, selection: chosen, arms });
  const { sha256: context } = await store.putJson({ values: [1, 0] });
  const byPrompt = prompts.map(({ promptId }) => promptId);
  const scopes = {
    round: [null],
    category: [...new Set(prompts.map(({ category }) => category))],
    prompt: byPrompt,
    promptInCategory: byPrompt,
  }[granularity];
  const contexts = await store.putJsonLines(scopes.map((scope) => ({ scope, context })));
  const plan = await store.putJson({ batches: [{ promptBatch: await store.putJsonLines(prompts), category: null }] });
  const place = { iteration: 1, round: 1 };
  const { decisions } = await world.run('selectRewardModels', { banditLog, contexts, plan, ...place });
  const recorded = await store.getJsonLines(decisions, armDecision);
  // Of a round record, all that replaying it looks at.
  const round = { ...place, category: null, decisions: recorded } as unknown as RoundRecord;
  return { banditLog, round, asked: recorded.map(({ rewardModelId }) => rewardModelId) };
}

test.each<[Granularity, (typeof sum)[], string[]]>([
  ['prompt', [sum, sort], ['rm-b', 'rm-a']],
  ['category', [sum, sort], ['rm-b', 'rm-a']],
  ['round', [sum, sort], ['rm-b']],
  // The batching mixes categories, and by chance there is one only.
  ['round', [sort, { ...sort, promptId: 'p3' }], ['rm-a']],
])('an oracle that chooses by %s is recomputed from the log (%#)', async (granularity, prompts, expected) => {
  const { banditLog, round, asked } = await oracleRound(granularity, prompts);
  expect(asked).toEqual(expected);
  expect(await replayDecisions(world.store(), banditLog, [round])).toEqual({
    decisions: expected.length,
    differences: [],
  });
});

test('another choice than the table gives is a difference', async () => {
  const { banditLog, round } = await oracleRound('prompt', [sum, sort]);
  const [first, second] = round.decisions as [ArmDecision, ArmDecision];
  const decisions = [{ ...first, rewardModelId: 'rm-a' }, second];
  const { differences } = await replayDecisions(world.store(), banditLog, [{ ...round, decisions }]);
  expect(differences).toEqual([
    { iteration: 1, round: 1, scope: 'p1', what: 'the choice', recorded: 'rm-a', recomputed: 'rm-b' },
  ]);
});

import { ensembleOfRound } from '../../../cli/explain/ensemble-of-round';
import { explanationText } from '../../../cli/explain/explanation-text';
import { selection } from '../../../contract/selection';
import { useActivityWorld } from '../../activities/activity-world';
import { tokensOf } from '../../activities/start-vllm';

const world = useActivityWorld();
const completion = (text: string) => ({ text, tokenIds: tokensOf(text), finishReason: 'stop' as const });
const scoresOf: Record<string, (number | null)[]> = { right: [1, 0, -1], wrong: [-1, 0, 1], half: [1, 1, null] };

/** A round of one prompt with three completions, ordered by the ensemble; `weights` as the round log has them. */
async function round(chosen: object, weights: Record<string, number> = {}) {
  const store = world.store();
  const arms = Object.keys(scoresOf);
  const start = { seed: 1, selection: selection.parse(chosen), arms, rounds: 4 };
  const { banditLog } = await world.run('createBandit', start);
  const prompt = { promptId: 'p', prompt: '1', promptTokenIds: tokensOf('1') };
  const completions = await store.putJsonLines([{ ...prompt, completions: ['a', 'b', 'c'].map(completion) }]);
  const scoring = await Promise.all(
    arms.map(async (rewardModelId) => {
      const scores = await store.putJsonLines([{ promptId: 'p', scores: scoresOf[rewardModelId] }]);
      const weight = weights[rewardModelId];
      return { rewardModelId, prompts: null, scores, ...(weight !== undefined && { weight }) };
    }),
  );
  const label = { campaignId: 'campaign', iteration: 1, round: 1 };
  const options = { pairsPerPrompt: 3, strategy: 'random' as const };
  const asked = { label, completions, scoring, selection: start.selection, options, seed: 1 };
  const { pairs } = await world.run('buildPreferencePairs', asked);
  const summary = { scored: 3, missing: 0, quantiles: null, tiedShare: 0, seconds: 1 };
  return ensembleOfRound(store, banditLog, {
    completions,
    pairs,
    scoring: scoring.map((one) => ({ ...one, ...summary })),
  });
}

test('the online ensemble: its weights in the round, and who agrees with the order they made', async () => {
  const ensemble = await round({ type: 'onlineEnsemble' }, { right: 0.7, wrong: 0.1, half: 0.2 });
  expect(ensemble).toMatchObject({
    ...{ type: 'onlineEnsemble', votes: null },
    rewardModels: [
      { rewardModelId: 'right', weight: 0.7, agreement: 1 },
      { rewardModelId: 'wrong', weight: 0.1, agreement: 0 },
      // It scores the first two alike, and the third not at all.
      { rewardModelId: 'half', weight: 0.2, agreement: 0.5 },
    ],
  });
  const outcome = { pairs: 3, loss: 0.5, rawReward: null, banditReward: null };
  const text = explanationText({
    campaignId: 'c',
    iteration: 1,
    round: 1,
    category: null,
    decisions: [],
    ensemble,
    outcome,
  });
  expect(text).toMatch(/weighted mean of its scores[^]*right .*0\.7000 .*100\.0 %[^]*wrong .*0\.1000 .* 0\.0 %/);
  expect(text).toContain('What came of it: 3 pairs, loss 0.5000.');
});

test('the score ensemble weighs all alike', async () => {
  const ensemble = await round({ type: 'scoreEnsemble' });
  expect(ensemble!.rewardModels.map(({ weight }) => weight)).toEqual([1 / 3, 1 / 3, 1 / 3]);
});

test('the agreement ensemble: a vote each, and how the votes fell', async () => {
  const ensemble = await round({ type: 'agreementEnsemble' });
  expect(ensemble!.rewardModels.map(({ weight }) => weight)).toEqual([null, null, null]);
  const outcome = { pairs: 0, loss: null, rawReward: null, banditReward: null };
  const text = explanationText({
    campaignId: 'c',
    iteration: 1,
    round: 1,
    category: null,
    decisions: [],
    ensemble,
    outcome,
  });
  expect(text).toMatch(/one vote/);
});

test('where one reward model is chosen there is no ensemble', async () => {
  expect(await round({ type: 'fixed', rewardModelId: 'right' })).toBeNull();
});

import { banditObservation } from '../../contract/bandit-log';
import { promptCompletions, preferencePair, routedPair } from '../../contract/round';
import { armDecision } from '../../contract/round-record';
import { selection } from '../../contract/selection';
import { label, prompts, useActivityWorld } from './activity-world';
import { tokensOf } from './start-vllm';

const world = useActivityWorld();
const arms = ['rm-a', 'rm-b'];
/** A tie for rm-a, a missing score for rm-b, doubles and an empty one. */
const texts: Record<string, string[]> = { a: ['1', '2', '3', '4', '2', ''], b: ['5', '6', '7'] };
const options = { pairsPerPrompt: 6, strategy: 'random' as const };

async function routed(pairsPerPrompt = options.pairsPerPrompt) {
  const store = world.store();
  const chosen = selection.parse({ type: 'bayesianRouter', contextScaling: 'none' });
  const { banditLog } = await world.run('createBandit', { seed: 4, selection: chosen, arms });
  const contexts = await Promise.all(
    prompts.map(async ({ promptId }, i) => ({
      scope: promptId,
      context: (await store.putJson({ values: [1, i] })).sha256,
    })),
  );
  const lines = prompts.map(({ promptId, prompt }) => ({
    ...{ promptId, prompt, promptTokenIds: tokensOf(prompt) },
    completions: texts[promptId]!.map((text) => ({ text, tokenIds: tokensOf(text), finishReason: 'stop' as const })),
  }));
  const round = {
    ...{
      banditLog,
      iteration: 1,
      round: 1,
      plan: await world.putPlan(prompts),
      options: { ...options, pairsPerPrompt },
    },
    contexts: await store.putJsonLines(contexts),
    completions: await store.putJsonLines(lines),
  };
  const result = await world.run('routePairs', round);
  expect(await world.run('routePairs', round)).toEqual(result);
  const routes = await store.getJsonLines(result.routes, routedPair);
  return { ...round, ...result, routes: { ref: result.routes, lines: routes }, allCompletions: round.completions };
}

/** rm-a likes high numbers but 3 and 4 alike; rm-b low ones and cannot read 7. */
const scoreOf = (rewardModelId: string, text: string) => {
  const number = Number(text);
  if (rewardModelId === 'rm-a') return number === 4 ? 3 : number;
  return number === 7 ? null : -number;
};

async function scored(asked: Awaited<ReturnType<typeof routed>>['asked']) {
  return Promise.all(
    asked.map(async ({ rewardModelId, completions }) => {
      const lines = await world.store().getJsonLines(completions, promptCompletions);
      const scores = lines.map(({ promptId, completions: own }) => ({
        promptId,
        scores: own.map(({ text }) => scoreOf(rewardModelId, text)),
      }));
      return { rewardModelId, completions, scores: await world.store().putJsonLines(scores) };
    }),
  );
}

test('each pair of different texts has a choice of its own; its reward model is asked for the completions of its pairs alone', async () => {
  const { routes, asked, decisions, picks } = await routed();
  // Of prompt a, places 4 and 5 repeat a text and are empty; 4 choose 2, and 3 choose 2.
  expect(routes.lines.filter(({ promptId }) => promptId === 'a')).toHaveLength(6);
  expect(routes.lines.filter(({ promptId }) => promptId === 'b')).toHaveLength(3);
  expect(routes.lines.every(({ left, right }) => left < right && right < 4)).toBe(true);
  const made = await world.store().getJsonLines(decisions, armDecision);
  expect(made.map(({ scope, rewardModelId }) => [scope, rewardModelId])).toEqual(
    routes.lines.map(({ promptId, left, right, rewardModelId }) => [`${promptId}#${left}-${right}`, rewardModelId]),
  );
  expect(new Set(made.map(({ rewardModelId }) => rewardModelId))).toEqual(new Set(arms));
  expect(made.every(({ propensity }) => Math.abs(propensity - 0.5) < 1e-6)).toBe(true);
  expect(Object.keys(picks).sort()).toEqual(['product', 'sum']);
  for (const { rewardModelId, completions } of asked) {
    const own = routes.lines.filter((route) => route.rewardModelId === rewardModelId);
    const wanted = new Set(own.flatMap(({ promptId, left, right }) => [left, right].map((i) => texts[promptId]![i])));
    const lines = await world.store().getJsonLines(completions, promptCompletions);
    expect(new Set(lines.flatMap((line) => line.completions.map(({ text }) => text)))).toEqual(wanted);
  }
  expect((await routed(2)).routes.lines).toHaveLength(4);
});

test('a pair is ordered by its own reward model; ties and missing scores are left out', async () => {
  const { routes, asked, allCompletions } = await routed();
  const result = await world.run('orderRoutedPairs', {
    ...{ label, completions: allCompletions, routes: routes.ref, scoring: await scored(asked), keepOut: 0, seed: 1 },
  });
  const pairs = await world.store().getJsonLines(result.pairs!, preferencePair);
  const expected = routes.lines.flatMap(({ promptId, left, right, rewardModelId }) => {
    const [one, other] = [texts[promptId]![left]!, texts[promptId]![right]!];
    const [first, second] = [scoreOf(rewardModelId, one), scoreOf(rewardModelId, other)];
    if (first === null || second === null || first === second) return [];
    return [first > second ? `${one}>${other}` : `${other}>${one}`];
  });
  expect(pairs.map(({ chosen, rejected }) => `${chosen}>${rejected}`).sort()).toEqual(expected.sort());
  expect(result.count).toBe(expected.length);
});

test('the loss of a pair is the feedback on its choice alone', async () => {
  const store = world.store();
  const { routes, asked, decisions, banditLog, plan, allCompletions } = await routed();
  const { pairs } = await world.run('orderRoutedPairs', {
    ...{ label, completions: allCompletions, routes: routes.ref, scoring: await scored(asked), keepOut: 0, seed: 1 },
  });
  const lines = await store.getJsonLines(pairs!, preferencePair);
  const losses = lines.map(({ promptId, chosen, rejected }, pair) => {
    const loss = Number(chosen) + Number(rejected) / 100;
    return { pair, promptId, loss, preferenceLoss: loss, nllLoss: 0 };
  });
  const { observations } = await world.run('computeBanditReward', {
    options: { type: 'ownTrend', decay: 0.1, clip: 3 },
    ...{ banditLog, decisions, iteration: 1, round: 1, plan, pairs: pairs!, completions: allCompletions },
    terms: { loss: 1, preferenceLoss: 1, nllLoss: 0 },
    pairLosses: await store.putJsonLines(losses),
    ...{ unseenLosses: null, golden: null, answerPattern: '(.*)' },
  });
  const observed = await store.getJsonLines(observations!, banditObservation);
  expect(observed).toHaveLength(lines.length);
  for (const { scope, armId, loss } of observed) {
    const [, promptId, left, right] = /^(.)#(\d)-(\d)$/.exec(scope!)!;
    const [one, other] = [texts[promptId!]![Number(left)]!, texts[promptId!]![Number(right)]!];
    const isFirst = scoreOf(armId, one)! > scoreOf(armId, other)!;
    expect(loss).toBe(isFirst ? Number(one) + Number(other) / 100 : Number(other) + Number(one) / 100);
  }
});

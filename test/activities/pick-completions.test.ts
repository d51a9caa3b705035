import type { PickCompletionsInput } from '../../activities/pick-completions';
import { banditObservation } from '../../contract/bandit-log';
import { bestOfNLine, pickLogLink } from '../../contract/best-of-n-run';
import { bestOfNResult } from '../../contract/best-of-n-result';
import { label, useActivityWorld } from './activity-world';
import { tokensOf } from './start-vllm';

const world = useActivityWorld();
const records = [
  { promptId: 'a', prompt: '1+1=', answer: '2', category: 'sum' },
  { promptId: 'b', prompt: '2*3=', answer: '6', otherAnswers: ['six'], category: 'product' },
  { promptId: 'c', prompt: 'Hello', category: 'sum' },
];
const completions: Record<string, string[]> = { a: ['1', '2', '2'], b: ['six', '7', '8'], c: ['Hi', 'Ho', 'Hu'] };
const everything = '(.+)';

interface Given {
  /** By prompt: who was chosen for it; none: all reward models are asked. */
  chosen?: string[] | null;
  /** By reward model: its scores of each prompt's completions. */
  scores: Record<string, (number | null)[][]>;
}

async function pick({ chosen = null, scores }: Given, changes: Partial<PickCompletionsInput> = {}) {
  const store = world.store();
  const { sha256: context } = await store.putJson({ values: [1] });
  const idOf = (place: number) => records[place]!.promptId;
  const scoring = await Promise.all(
    Object.entries(scores).map(async ([rewardModelId, lines]) => {
      const places = records.map((_, place) => place).filter((place) => !chosen || chosen[place] === rewardModelId);
      const own = lines.map((scored, line) => ({ promptId: idOf(places[line]!), scores: scored }));
      return { rewardModelId, prompts: chosen ? places : null, scores: await store.putJsonLines(own) };
    }),
  );
  const { pickLog, observations, ...rest } = await world.run('pickCompletions', {
    ...{ label: { ...label, iteration: 2, round: 1 }, split: 'test', pickLog: null, scoring },
    plan: await world.putPlan(records),
    completions: await store.putJsonLines(
      records.map(({ promptId, prompt }) => ({
        ...{ promptId, prompt, promptTokenIds: tokensOf(prompt) },
        completions: completions[promptId]!.map((text) => ({ text, tokenIds: tokensOf(text), finishReason: 'stop' })),
      })),
    ),
    decisions: await store.putJsonLines(
      (chosen ?? []).map((rewardModelId, place) => ({
        ...{ scope: idOf(place), context, rewardModelId, propensity: 0.5, arms: [] },
      })),
    ),
    measured: { metric: 'accuracy', answerPattern: everything },
    reward: 'pick',
    ...changes,
  });
  const { lines } = await store.getJson(pickLog, pickLogLink);
  return {
    ...{ pickLog, context, rest },
    lines: await store.getJsonLines(lines, bestOfNLine),
    observations: observations && (await store.getJsonLines(observations, banditObservation)),
  };
}

const byTwo: Given = {
  chosen: ['rm-a', 'rm-b', 'rm-a'],
  scores: { 'rm-a': [[1, 3, 2], [5, 6, 4]], 'rm-b': [[0, 0.5, -1]] }, // prettier-ignore
};

test('each prompt gets the completion that its reward model likes best, beside what chance would have given', async () => {
  const { lines, rest } = await pick(byTwo);
  const shown = lines.map(({ promptId, rewardModelId, completion, place, score, value, first, average, oracle }) => ({
    ...{ promptId, rewardModelId, completion, place, score, value, first, average, oracle },
  }));
  expect(shown).toEqual([
    {
      ...{ promptId: 'a', rewardModelId: 'rm-a', completion: '2', place: 1, score: 3 },
      ...{ value: 1, first: 0, average: 2 / 3, oracle: 1 },
    },
    {
      ...{ promptId: 'b', rewardModelId: 'rm-b', completion: '7', place: 1, score: 0.5 },
      ...{ value: 0, first: 1, average: 1 / 3, oracle: 1 },
    },
    {
      ...{ promptId: 'c', rewardModelId: 'rm-a', completion: 'Ho', place: 1, score: 6 },
      ...{ value: null, first: null, average: null, oracle: null },
    },
  ]);
  expect(rest).toEqual({ prompts: 3, measured: 2, value: 1, first: 1, oracle: 2, picks: { 'rm-a': 2, 'rm-b': 1 } });
});

test('the bandit is told what the pick was worth, of prompts with answers alone', async () => {
  const { observations, context } = await pick(byTwo);
  const common = { iteration: 2, round: 1, context, propensity: 0.5 };
  expect(observations).toEqual([
    { ...common, scope: 'a', armId: 'rm-a', rawReward: 1, reward: 1, category: 'sum' },
    { ...common, scope: 'b', armId: 'rm-b', rawReward: 0, reward: 0, category: 'product' },
  ]);
  expect((await pick(byTwo, { reward: null })).observations).toBeNull();
  const gains = (await pick(byTwo, { reward: 'gain' })).observations!;
  expect(gains).toHaveLength(2);
  expect(gains[0]!.reward).toBeCloseTo((1 + 1 / 3) / 2, 12);
  expect(gains[1]!.reward).toBeCloseTo((1 - 1 / 3) / 2, 12);
});

test('a prompt without a score gets its first completion, and teaches nothing', async () => {
  const none = { ...byTwo, scores: { ...byTwo.scores, 'rm-b': [[null, null, null]] } };
  const { lines, observations } = await pick(none);
  expect(lines[1]).toMatchObject({ completion: 'six', place: 0, score: null, value: 1 });
  expect(observations!.map(({ scope }) => scope)).toEqual(['a']);
});

test('where all are asked, the mean of the standardised scores decides, whatever their units', async () => {
  const scores = { 'rm-a': [[0, 10, 5], [3, 2, 1], [1, 1, 2]], 'rm-b': [[0.1, 0.2, 0.9], [3, 2, 1], [0, 0, 0]] }; // prettier-ignore
  const { lines, observations, rest } = await pick({ scores });
  expect(lines.map(({ rewardModelId, place }) => [rewardModelId, place])).toEqual([
    [null, 2],
    [null, 0],
    [null, 2],
  ]);
  expect(observations).toBeNull();
  expect(rest.picks).toEqual({});
});

test('of the log of picks, the table of the test prompts and their lines in order', async () => {
  const learned = await pick(byTwo, { split: 'learn' });
  const { pickLog } = await pick(byTwo, { pickLog: learned.pickLog });
  const second = await pick(byTwo, { pickLog, measured: { metric: 'accuracy', answerPattern: '(six)' } });
  const totals = {
    ...{ chunks: 1, ofChunks: 1, prompts: 3, measured: 2, value: 1, first: 1, oracle: 2, picks: {}, cutPrompts: 0 },
    ...{ generatedTokens: 9, scored: 9, missing: 0, seconds: {} },
  };
  const { result, lines } = await world.run('assembleBestOfN', {
    ...{ name: 'answers', selection: 'laser', completionsPerPrompt: 3, metric: 'accuracy', seed: 1 },
    ...{ pickLog: second.pickLog, learn: totals, test: totals },
  });
  expect(await world.store().getJsonLines(lines, bestOfNLine)).toEqual([...(await pick(byTwo)).lines, ...second.lines]);
  const table = await world.store().getJson(result, bestOfNResult);
  expect(table).toMatchObject({ prompts: 6, measured: 4, picks: { sum: { 'rm-a': 4 }, product: { 'rm-b': 2 } } });
  expect(
    table.rows.map(({ category, prompts, value, first }) => [category, prompts, value.estimate, first.estimate]),
  ).toEqual([
    ['product', 2, 0, 1],
    ['sum', 2, 0.5, 0],
    ['all', 4, 0.25, 0.5],
  ]);
});

test('without answers there is nothing to measure', async () => {
  const { pickLog } = await pick(byTwo, {
    plan: await world.putPlan(records.map(({ promptId, prompt }) => ({ promptId, prompt }))),
  });
  const none = {
    chunks: 1,
    ofChunks: 1,
    prompts: 3,
    measured: 0,
    value: 0,
    first: 0,
    oracle: 0,
    picks: {},
    cutPrompts: 0,
  };
  const { result } = await world.run('assembleBestOfN', {
    ...{ name: 'answers', selection: 'laser', completionsPerPrompt: 3, metric: 'f1', seed: 1, pickLog, learn: null },
    test: { ...none, generatedTokens: 9, scored: 9, missing: 0, seconds: {} },
  });
  expect(await world.store().getJson(result, bestOfNResult)).toMatchObject({ prompts: 3, measured: 0, rows: [] });
});

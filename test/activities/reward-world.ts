import { banditObservation, type BanditObservation } from '../../contract/bandit-log';
import type { BanditRewardOptions } from '../../contract/bandit-reward';
import type { PreferencePair, PromptRecord } from '../../contract/round';
import { prompts, type useActivityWorld } from './activity-world';
import { tokensOf } from './start-vllm';

export interface Choice {
  scope: string | null;
  armId: string;
}

export interface RoundOfTest {
  reward: BanditRewardOptions;
  iteration?: number;
  round?: number;
  /** Train loss of the round, nats; the terms are a half and a quarter of it. */
  trainLoss?: number;
  /** What was observed before. */
  history?: Partial<BanditObservation>[];
  pairs?: Partial<PreferencePair>[];
  choices?: Choice[];
  /** By pair: its loss; the terms are a half and a quarter of it. */
  losses?: { promptId: string; loss: number }[];
  unseen?: { promptId: string; before: number; after: number }[];
  completions?: Record<string, string[]>;
  golden?: PromptRecord[];
}

const usual = [
  { promptId: 'a', loss: 1 },
  { promptId: 'b', loss: 2 },
  { promptId: 'b', loss: 4 },
];

/** Rewards a round on a bandit log of three arms with the given history. */
export async function rewardRound(world: ReturnType<typeof useActivityWorld>, given: RoundOfTest) {
  const { reward, trainLoss = 0.7, history = [], losses = usual, unseen, completions = {}, golden } = given;
  const { iteration = 1, round = 1 } = given;
  const { pairs = [{ promptId: 'a', chosen: '2', rejected: '1' }], choices = [{ scope: null, armId: 'rm-a' }] } = given;
  const store = world.store();
  const { sha256: context } = await store.putJson({ values: [1] });
  const place = { iteration: 1, scope: null, armId: 'rm-a', context, propensity: 1, rawReward: 0, reward: 0.5 };
  const observed = history.map((own, index) => ({ ...place, round: index + 1, ...own }));
  const start = {
    seed: 1,
    selection: { type: 'random', granularity: 'round' } as const,
    arms: ['rm-a', 'rm-b', 'rm-c'],
  };
  const { banditLog: empty } = await world.run('createBandit', start);
  const observations = await store.putJsonLines(observed);
  const { banditLog } = await world.run('updateBandit', { banditLog: empty, observations });
  const tokens = { promptTokenIds: [1], chosenTokenIds: [1], rejectedTokenIds: [1], chosenScore: 1, rejectedScore: 0 };
  const result = await world.run('computeBanditReward', {
    options: reward,
    banditLog,
    terms: { loss: trainLoss, preferenceLoss: trainLoss / 2, nllLoss: trainLoss / 4 },
    ...{ iteration, round },
    decisions: await store.putJsonLines(
      choices.map(({ scope, armId }) => ({ scope, context, rewardModelId: armId, propensity: 1, arms: [] })),
    ),
    pairLosses: await store.putJsonLines(
      losses.map(({ promptId, loss }, pair) => ({
        ...{ pair, promptId, loss, preferenceLoss: loss / 2, nllLoss: loss / 4 },
      })),
    ),
    unseenLosses: unseen ? await store.putJsonLines(unseen.map((line, pair) => ({ pair, ...line }))) : null,
    pairs: await store.putJsonLines(pairs.map((pair) => ({ prompt: 'p', ...tokens, ...pair }))),
    completions: await store.putJsonLines(
      Object.entries(completions).map(([promptId, texts]) => ({
        promptId,
        prompt: 'p',
        promptTokenIds: [1],
        completions: texts.map((text) => ({ text, tokenIds: tokensOf(text), finishReason: 'stop' })),
      })),
    ),
    golden: golden ? await store.putJsonLines(golden) : null,
    plan: await planWith(world, [...prompts, { promptId: 'unanswered', prompt: 'p' }], round),
    answerPattern: '(\\d+)$',
  });
  const lines = result.observations === null ? [] : await store.getJsonLines(result.observations, banditObservation);
  return { ...result, banditLog, lines };
}

async function planWith(world: ReturnType<typeof useActivityWorld>, records: PromptRecord[], rounds: number) {
  const promptBatch = await world.store().putJsonLines(records);
  return world.store().putJson({ batches: Array.from({ length: rounds }, () => ({ promptBatch, category: null })) });
}

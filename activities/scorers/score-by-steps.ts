import { failureTypes } from '../../contract/failure-types';
import type { ResolvedRewardModel } from '../../contract/reward-model';
import { classifyTokens, tokenize, type Message, type ModelServer } from '../../model-server';
import { inChunks } from '../in-chunks';
import { aggregateSteps } from './aggregate-steps';
import { commonPrefix } from './completion-spans';
import { groupByPrompt } from './group-by-prompt';
import type { MissingReason, ScoredText, Scorer } from './scorer';

type StepModel = Extract<ResolvedRewardModel, { kind: 'tokenClassify' }>;

/** A tokenised solution, and where each step's score stands. */
interface Marked {
  tokenIds: number[];
  marks: number[];
}

class SeparatorError extends Error {
  override readonly name = 'SeparatorError';
  readonly type = failureTypes.configInvalid;
  constructor(id: string, separator: string) {
    super(
      `Reward model "${id}": stepSeparator ${JSON.stringify(separator)} is no token of its own behind a step, so no ` +
        'score stands at it. Give the separator that the model was trained with.',
    );
  }
}

/**
 * A process reward model: the completion is cut into steps, the separator put after each, and the model's probability
 * that the step is right read at the separator's last token (Math-Shepherd, arXiv 2312.08935; Qwen2.5-Math-PRM,
 * arXiv 2501.07301). The steps' scores become one.
 */
export const scoreBySteps: Scorer<'tokenClassify'> = async ({ modelServer, signal }, rewardModel, items) => {
  const { servedModel: model, maxConcurrentRequests: concurrency, maxItemsPerRequest, goodLabel } = rewardModel;
  const server = modelServer(rewardModel.server);
  const separator = (
    await tokenize(server, { model, prompt: rewardModel.stepSeparator, addSpecialTokens: false }, { signal })
  ).tokenIds.at(-1);
  if (separator === undefined) throw new SeparatorError(rewardModel.id, rewardModel.stepSeparator);

  const prompts = groupByPrompt(items);
  const beginnings = await inChunks(prompts, { chunk: 1, concurrency, signal }, (part, signal) =>
    Promise.all(part.map(({ prompt }) => tokenizeTurn(server, rewardModel, prompt, null, signal))),
  );
  const beginningOf = new Map(prompts.map(({ prompt }, index) => [prompt, beginnings[index]!.tokenIds] as const));
  const marked = await inChunks(items, { chunk: 1, concurrency, signal }, (part, signal) =>
    Promise.all(
      part.map((item) => markSteps(server, rewardModel, separator, item, beginningOf.get(item.prompt)!, signal)),
    ),
  );
  const scorable = marked.filter((one) => typeof one !== 'string');
  const chunk = maxItemsPerRequest;
  const rows = await inChunks(scorable, { chunk, concurrency, signal }, (part, signal) => {
    const sequences = part.map(({ tokenIds }) => tokenIds);
    return classifyTokens(server, { model, sequences, stepTokenId: separator, label: goodLabel }, { signal });
  });
  const rowsOf = new Map(scorable.map((one, index) => [one, rows[index]] as const));
  return marked.map((one) => {
    if (typeof one === 'string') return one;
    const steps = one.marks.map((place) => rowsOf.get(one)?.get(place) ?? null);
    return steps.some((step) => step === null)
      ? 'notFinite'
      : aggregateSteps(steps as number[], rewardModel.aggregation);
  });
};

/** Its separators behind the prompt, as many as there are steps; what a chat template adds at the end comes after them. */
async function markSteps(
  server: ModelServer,
  rewardModel: StepModel,
  separator: number,
  { prompt, completion }: ScoredText,
  beginning: readonly number[],
  signal: AbortSignal,
): Promise<Marked | MissingReason> {
  const { stepDelimiter, stepSeparator, stepJoin } = rewardModel;
  const steps = completion
    .replaceAll(stepSeparator, stepDelimiter)
    .split(stepDelimiter)
    .map((step) => step.trim())
    .filter((step) => step !== '');
  if (steps.length === 0) return 'empty';
  const text = steps.map((step) => `${step}${stepSeparator}`).join(stepJoin);
  const whole = await tokenizeTurn(server, rewardModel, prompt, text, signal);
  if (whole.tokenIds.length > whole.maxModelLength) return 'tooLong';
  const start = commonPrefix(beginning, whole.tokenIds);
  const places = whole.tokenIds.flatMap((id, place) => (place >= start && id === separator ? [place] : []));
  if (places.length < steps.length) throw new SeparatorError(rewardModel.id, stepSeparator);
  return { tokenIds: whole.tokenIds, marks: places.slice(0, steps.length) };
}

function tokenizeTurn(
  server: ModelServer,
  { servedModel: model, input, systemPrompt }: StepModel,
  prompt: string,
  completion: string | null,
  signal: AbortSignal,
) {
  if (input === 'text') {
    return tokenize(server, { model, prompt: prompt + (completion ?? ''), addSpecialTokens: true }, { signal });
  }
  const messages: Message[] = [
    ...(systemPrompt === undefined ? [] : [{ role: 'system' as const, content: systemPrompt }]),
    { role: 'user', content: prompt },
    ...(completion === null ? [] : [{ role: 'assistant' as const, content: completion }]),
  ];
  return tokenize(server, { model, messages, addGenerationPrompt: completion === null }, { signal });
}

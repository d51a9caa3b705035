import { z } from 'zod';
import { rewardModel, type ResolvedRewardModel } from './reward-model';

const count = z.int().positive();

const answering = {
  everyIterations: count.default(1),
  maxTokens: count.default(256),
  stop: z.array(z.string().min(1)).max(4).default([]),
  answerPattern: z
    .string()
    .default('(-?[\\d.,]*\\d)')
    .describe('Regular expression; the last match in a completion is its answer (first group, if it has one).'),
};

const accuracy = z.strictObject({
  type: z.literal('accuracy').optional().describe('Share of held-out prompts with the verified answer; the default.'),
  ...answering,
});

const winRate = z.strictObject({
  type: z
    .literal('winRate')
    .describe('Share of held-out prompts on which a judge prefers the policy’s answer to a baseline’s; a tie is half.'),
  ...answering,
  temperature: z
    .number()
    .min(0)
    .max(2)
    .default(0)
    .describe('0: greedy answers. Above: one sample a prompt, with the same seed for every policy.'),
  baseline: z
    .enum(['firstPolicy', 'answer'])
    .default('firstPolicy')
    .describe(
      'firstPolicy: what policy 0 answers to the same prompts. answer: the data’s answer field, as a reference answer.',
    ),
  judge: rewardModel.meta({
    description:
      'One entry as under rewardModels. Kind judge compares the two answers in both orders, whatever its mode; of any other ' +
      'kind the higher score wins and equal scores tie.',
    $comment: 'keys of rewardModels[]',
  }),
  judgeMayTrain: z
    .boolean()
    .default(false)
    .describe(
      'Allow a judge that is one of rewardModels. The policy is trained to please it, so the win rate proves nothing.',
    ),
});

/** How a policy is measured on the held-out prompts. */
export const evaluation = z.discriminatedUnion('type', [accuracy, winRate]);
export type Evaluation = z.infer<typeof evaluation>;

/** `evaluation` with the judge resolved. */
export type ResolvedEvaluation =
  | Exclude<Evaluation, { type: 'winRate' }>
  | (Omit<Extract<Evaluation, { type: 'winRate' }>, 'judge'> & { judge: ResolvedRewardModel });

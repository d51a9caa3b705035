import { z } from 'zod';
import { plainId } from './reward-model';

const count = z.int().positive();

/** How a prompt set of a best-of-n file is named. */
const promptSet = z.strictObject({
  prompts: z.string().min(1).describe('JSON lines, relative to this file; read by data of the campaign file.'),
  limit: count.optional().describe('The first so many only.'),
});

const evaluation = z.strictObject({
  metric: z
    .enum(['accuracy', 'f1'])
    .default('accuracy')
    .describe('accuracy: the answer is one of the verified ones. f1: overlap of words with the nearest of them.'),
  answerPattern: z
    .string()
    .optional()
    .describe(
      'Regular expression; the last match in a completion is its answer. Default for accuracy: evaluation.answerPattern of the campaign; for f1: the whole completion.',
    ),
});

const learning = z.strictObject({
  reward: z
    .enum(['pick', 'gain'])
    .default('pick')
    .describe(
      'What the bandit is told. pick: the metric of the completion that the reward model picked. gain: (1 + pick − mean over the n completions) / 2, which leaves out how hard the prompt is.',
    ),
  fromTest: z
    .boolean()
    .default(false)
    .describe('Go on learning from test prompts with answers, each chunk after its choices are made.'),
});

/** A best-of-n file. Strict: a key that is not listed here is an error. */
export const bestOfN = z.strictObject({
  name: plainId.describe('The Temporal workflow is laser-<name>.'),
  campaign: z.string().min(1).describe('Campaign file, relative to this file: policy, reward models, sampling, data.'),
  changes: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('Keys of a campaign file, laid over the campaign: selection, sampling, data.fields and the like.'),
  policy: z
    .enum(['final', 'base'])
    .default('final')
    .describe('Which policy generates. final: the one that the finished campaign ended with. base: the base model.'),
  bandit: z
    .enum(['campaign', 'fresh'])
    .default('campaign')
    .describe('What the bandit knows at the start. campaign: what the finished campaign observed. fresh: nothing.'),
  run: plainId.optional().describe('Id of the finished campaign. Default: the name in the campaign file.'),
  learn: promptSet.optional().describe('Prompts with answers, on which the bandit learns before the test.'),
  test: promptSet.optional().describe('Prompts to answer. Default: the held-out prompts of the campaign file.'),
  promptsPerChunk: count.max(256).default(16).describe('Prompts whose steps are done together.'),
  tooLong: z
    .enum(['refuse', 'cutMiddle'])
    .default('refuse')
    .describe(
      'Prompts that do not fit the policy’s window. refuse: stop and name them. cutMiddle: keep the beginning and the end, as LongBench does.',
    ),
  maxPromptTokens: count
    .optional()
    .describe('Longest prompt, tokens. Default: the policy’s window without room for a completion (maxTokens).'),
  evaluation: evaluation.prefault({}),
  learning: learning.prefault({}),
});
export type BestOfN = z.infer<typeof bestOfN>;

import { z } from 'zod';
import { banditReward } from './bandit-reward';
import { guardOf } from './bandit-reward-needs';
import { campaignTraining } from './campaign-training';
import { evaluation } from './evaluation-options';
import { budget, prices } from './prices';
import { plainId, rewardModel, servedParts, serverAddress } from './reward-model';
import { rewardModelsOf } from './reward-models-of';
import { selection } from './selection';
import { selectionProblems } from './selection-problems';
import { defaultHeartbeatTimeoutSeconds } from './default-step-limits';
import { stepLimitsByKind } from './step-limits';
import { loraShape } from './training';
import { trainingProblems } from './training-problems';

const count = z.int().positive();

const policy = z.strictObject({
  model: z
    .string()
    .min(1)
    .describe('Folder of the base model (relative to the campaign file), or a hub id. The trainer loads it.'),
  revision: z
    .string()
    .min(1)
    .optional()
    .describe('What the weights are. Default for a folder: SHA-256 over it. Required for a hub id.'),
  server: serverAddress.default('embedded').describe('Generates: embedded, or a vLLM address.'),
  servedModel: z.string().min(1).default('policy').describe('Name of the base model at the server.'),
  contextServer: serverAddress
    .optional()
    .describe('Embeds (vLLM --runner pooling --convert embed). Default: embedded.'),
  promptFormat: z
    .enum(['text', 'chat'])
    .default('text')
    .describe('text: the prompt as it is. chat: one user message through the model’s chat template.'),
  fingerprintTolerance: z
    .number()
    .positive()
    .default(1e-3)
    .describe(
      'Largest accepted difference of log-probabilities between server and trainer, nats a token. About 0.05 for a bfloat16 server.',
    ),
  lora: loraShape.prefault({ rank: 16, loraAlpha: 32, targetModules: ['q_proj', 'v_proj'] }),
});

const data = z.strictObject({
  train: z
    .string()
    .min(1)
    .describe('JSON lines, relative to the campaign file. {date} and {time} are a scheduled run’s, UTC.'),
  heldOut: z
    .string()
    .min(1)
    .describe('JSON lines to measure policies on; never trained on. {date} and {time} as in train.'),
  heldOutLimit: count.optional().describe('Measure on the first so many only.'),
  fields: z
    .strictObject({
      promptId: z.string().optional().describe('Default: the line’s SHA-256.'),
      prompt: z.string().default('prompt'),
      answer: z.string().default('answer'),
      category: z.string().default('category'),
      context: z.string().optional().describe('A document that goes with the prompt; the template says where.'),
    })
    .prefault({}),
  template: z
    .string()
    .includes('{prompt}')
    .default('{prompt}')
    .describe('Put around each prompt. {context} is the document of fields.context.'),
  answerPattern: z
    .string()
    .optional()
    .describe('Regular expression whose first group is the answer within the answer field.'),
  batching: z
    .enum(['mixed', 'byCategory'])
    .default('mixed')
    .describe('mixed: a round’s prompts come from all categories. byCategory: from one.'),
});

const sampling = z.strictObject({
  completionsPerPrompt: count.max(1024).default(30).describe('n'),
  temperature: z.number().gt(0).max(2).default(0.8),
  topP: z.number().gt(0).max(1).default(1),
  maxTokens: count.default(256),
  stop: z.array(z.string().min(1)).max(4).default([]),
});

export const pairing = z.strictObject({
  pairsPerPrompt: count.default(10).describe('P'),
  strategy: z.enum(['random', 'randomTopBottom', 'bestVersusWorst']).default('random'),
});

const durability = z.strictObject({
  prefetchRounds: z
    .int()
    .min(0)
    .max(64)
    .default(2)
    .describe('Rounds whose completions are generated ahead of training.'),
  roundsPerRun: count
    .default(100)
    .describe('An iteration continues as new after so many rounds, or earlier if Temporal suggests it.'),
  heartbeatTimeoutSeconds: count
    .default(defaultHeartbeatTimeoutSeconds)
    .describe('A worker that is silent for so long is taken for dead and its step is started elsewhere.'),
  iterationsPerRun: count.default(20).describe('The campaign continues as new after so many iterations.'),
  steps: stepLimitsByKind.prefault({}),
});
export type Durability = z.infer<typeof durability>;

/** A campaign file. Strict: a key that is not listed here is an error. */
export const campaign = z
  .strictObject({
    name: plainId.describe('The campaign’s id is made of it; the Temporal workflow is laser-<name>.'),
    seed: z
      .int()
      .nonnegative()
      .max(2 ** 31 - 1)
      .default(1)
      .describe('Every random choice derives from it.'),
    iterations: count.default(10).describe('M'),
    roundsPerIteration: count.default(16).describe('T: bandit decisions an iteration.'),
    promptBatchSize: count.default(16).describe('Prompts a round.'),
    policy,
    data,
    rewardModels: z.array(rewardModel).min(1),
    selection: selection.prefault({ type: 'laser' }),
    sampling: sampling.prefault({}),
    pairing: pairing.prefault({}),
    training: campaignTraining.prefault({}),
    banditReward: banditReward.prefault({ type: 'trainLoss' }),
    evaluation: evaluation.prefault({}),
    approval: z
      .enum(['never', 'everyIteration'])
      .default('never')
      .describe('everyIteration: a trained policy waits for `laser approve` before it is published.'),
    durability: durability.prefault({}),
    prices: prices
      .optional()
      .describe('What compute costs, for the cost ledger. Default: only seconds and tokens are counted.'),
    budget: budget
      .optional()
      .describe('The campaign stops after the round that reaches it; the policy it has then is measured.'),
  })
  .superRefine((value, check) => {
    const { fields, template } = value.data;
    if ((fields.context !== undefined) !== template.includes('{context}')) {
      const message = 'and data.fields.context come together: give both {context} in the template and its field';
      check.addIssue({ code: 'custom', path: ['data', 'template'], message });
    }
    const ids = value.rewardModels.map((model) => model.id);
    value.rewardModels.forEach((model, index) => {
      if (ids.indexOf(model.id) !== index) {
        check.addIssue({
          code: 'custom',
          path: ['rewardModels', index, 'id'],
          message: `"${model.id}" is used twice; give each reward model its own id`,
        });
      }
    });
    for (const { path, rewardModel: model } of rewardModelsOf(value)) {
      for (const { prefix, server, model: weights } of servedParts(model)) {
        if (server !== 'embedded' || weights !== undefined) continue;
        check.addIssue({
          code: 'custom',
          path: [...path, ...`${prefix}model`.split('.')],
          message: 'is missing; the embedded server needs the folder with the weights',
        });
      }
    }
    const problems = [
      ...selectionProblems(value.selection, value.rewardModels),
      ...trainingProblems(value.training, value.iterations * value.roundsPerIteration),
    ];
    for (const problem of problems) check.addIssue({ code: 'custom', ...problem });
    if (
      value.selection.type === 'bayesianRouter' &&
      (guardOf(value.banditReward) || value.banditReward.type === 'unseenLossFall')
    ) {
      check.addIssue({
        code: 'custom',
        path: ['banditReward'],
        message:
          'is of whole prompts (unseenLossFall, or a guard), but bayesianRouter chooses for each pair; take another',
      });
    }
    for (const id of Object.keys(value.prices?.rewardModels ?? {}).filter((priced) => !ids.includes(priced))) {
      const message = `"${id}" is none of the reward models (${ids.join(', ')})`;
      check.addIssue({ code: 'custom', path: ['prices', 'rewardModels', id], message });
    }
    if (value.budget?.money !== undefined && value.prices === undefined) {
      check.addIssue({ code: 'custom', path: ['budget', 'money'], message: 'needs prices; give them, or set seconds' });
    }
    if ('lowQuantile' in value.banditReward && value.banditReward.lowQuantile >= value.banditReward.highQuantile) {
      check.addIssue({ code: 'custom', path: ['banditReward', 'lowQuantile'], message: 'must be below highQuantile' });
    }
  });
export type Campaign = z.infer<typeof campaign>;

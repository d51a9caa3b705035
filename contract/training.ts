import { z } from 'zod';
import { artifactRef } from './artifact';

/** Where in a campaign a step belongs. Shown in logs and the Temporal UI; never part of a step's key. */
export const stepLabel = z.strictObject({
  campaignId: z.string().min(1),
  iteration: z.int().nonnegative(),
  round: z.int().nonnegative(),
});
export type StepLabel = z.infer<typeof stepLabel>;

/** The frozen weights below every adapter. `path` is where this machine has them; `revision` is what they are. */
export const baseModel = z.strictObject({
  name: z.string().min(1).describe('Written into adapter_config.json as base_model_name_or_path.'),
  path: z.string().min(1).describe('Folder with config.json, tokenizer and safetensors, or a hub id.'),
  revision: z.string().min(1).describe('SHA-256 over the folder, or the commit of the hub id.'),
});
export type BaseModel = z.infer<typeof baseModel>;

export const loraShape = z.strictObject({
  rank: z.int().positive(),
  loraAlpha: z.number().positive(),
  targetModules: z.array(z.string().min(1)).min(1).describe('Module names as PEFT takes them, e.g. q_proj, v_proj.'),
});
export type LoraShape = z.infer<typeof loraShape>;

export const lossTypes = [
  ...(['sigmoid', 'sigmoid_norm', 'hinge', 'ipo', 'robust', 'exo_pair'] as const),
  ...(['nca_pair', 'bco_pair', 'sppo_hard', 'apo_zero', 'apo_down', 'discopop'] as const),
] as const;

const precision = z.enum(['float32', 'bfloat16']).optional();

/** TRL's option names in camelCase. Optional ones enter a step's key only where they are set off their default. */
export const trainingOptions = z.strictObject({
  lossType: z
    .enum(lossTypes)
    .describe('Preference loss of a pair, as TRL names it: sigmoid is DPO, sigmoid_norm DPO per token.'),
  beta: z.number().positive().describe('β of DPO: strength of the pull to the reference policy.'),
  nllWeight: z
    .number()
    .nonnegative()
    .describe('Weight of mean NLL(chosen)/|chosen| per sequence; 0 is the preference loss alone.'),
  learningRate: z.number().positive(),
  weightDecay: z.number().nonnegative(),
  maxGradNorm: z.number().positive().describe('Gradients are clipped to this L2 norm.'),
  miniBatchSize: z.int().positive().describe('Preference pairs per optimiser step.'),
  maxLength: z.int().positive().describe('Prompt plus completion, in tokens; longer completions are cut at the end.'),
  labelSmoothing: z
    .number()
    .min(0)
    .lt(0.5)
    .optional()
    .describe('ε of robust (share of flipped pairs) and of exo_pair. Default: 0.'),
  fDivergenceType: z
    .enum(['reverse_kl', 'forward_kl', 'js_divergence'])
    .optional()
    .describe('What keeps the policy near its reference; DPO’s own is reverse_kl, the default.'),
  microBatchSize: z
    .int()
    .positive()
    .optional()
    .describe(
      'Pairs that go through the model at once; gradients gather until miniBatchSize. Default: as many as fit 2,048 tokens, which bounds it in any case.',
    ),
  precision: precision.describe(
    'Of the frozen base model; the adapter, its gradients and AdamW stay float32. float32, the default, leaves a base on a GPU as its files hold it. With bfloat16 set policy.fingerprintTolerance to about 0.05.',
  ),
});
export type TrainingOptions = z.infer<typeof trainingOptions>;

/** One round's training step. Everything but `label` and `baseModel.path` determines the result. */
export const trainingJob = z.strictObject({
  label: stepLabel,
  baseModel,
  lora: loraShape,
  referencePolicy: artifactRef.nullable().describe('Adapter bundle of π(m−1); null is the base model itself.'),
  checkpoint: artifactRef
    .nullable()
    .describe('Checkpoint bundle of the round before; null starts from the reference policy.'),
  carriedOptimizer: artifactRef
    .optional()
    .describe('Checkpoint bundle whose AdamW moments an iteration’s first step goes on with. Default: none.'),
  pairs: artifactRef.describe('JSON lines of PreferencePair.'),
  unseenPairs: artifactRef
    .nullable()
    .describe('JSON lines of PreferencePair that are not trained on, but measured before and after the step.'),
  seed: z.int().nonnegative(),
  options: trainingOptions,
});
export type TrainingJob = z.infer<typeof trainingJob>;

export const trainingMetrics = z.strictObject({
  loss: z
    .number()
    .describe('Mean over the round’s pairs of preferenceLoss + nllWeight·nllLoss, each as its optimiser step saw it.'),
  preferenceLoss: z.number().describe('The term that lossType names; nats for DPO.'),
  nllLoss: z.number().describe('Mean over pairs of −log π(chosen)/|chosen|, nats a token.'),
  rewardsChosen: z.number().describe('β·(log π − log π_ref) of the chosen, mean over pairs.'),
  rewardsRejected: z.number(),
  rewardsMargins: z.number(),
  rewardsAccuracies: z.number().describe('Share of pairs with a positive margin, 0 to 1.'),
  logpsChosen: z.number(),
  logpsRejected: z.number(),
  gradNorm: z.number().describe('Mean L2 norm before clipping.'),
  tokens: z.int().nonnegative().describe('Prompt and completion tokens seen.'),
  pairs: z.int().positive(),
  optimizerSteps: z.int().positive(),
});
export type TrainingMetrics = z.infer<typeof trainingMetrics>;

/** One line of a pairLosses artifact: a pair as its optimiser step saw it, nats. */
export const pairLoss = z.strictObject({
  pair: z.int().nonnegative().describe('Place of the pair in the pairs artifact; pairs cut to nothing have no line.'),
  promptId: z.string().min(1),
  loss: z.number(),
  preferenceLoss: z.number(),
  nllLoss: z.number(),
});
export type PairLoss = z.infer<typeof pairLoss>;

/** One line of an unseenLosses artifact: the preference loss of a pair kept out of the step, nats. */
export const unseenLoss = z.strictObject({
  pair: z.int().nonnegative().describe('Place of the pair in the unseenPairs artifact.'),
  promptId: z.string().min(1),
  before: z.number(),
  after: z.number(),
});
export type UnseenLoss = z.infer<typeof unseenLoss>;

export const trainingResult = z.strictObject({
  adapter: artifactRef.describe('Bundle: adapter_model.safetensors, adapter_config.json (PEFT).'),
  checkpoint: artifactRef.describe('Bundle: adapter, optimizer.safetensors, rng.safetensors, state.json.'),
  metrics: trainingMetrics,
  pairLosses: artifactRef.describe('JSON lines of PairLoss.'),
  unseenLosses: artifactRef.nullable().describe('JSON lines of UnseenLoss; null without unseen pairs.'),
  seconds: z.number().nonnegative().describe('Wall-clock of the step when it was first done.'),
  reused: z.boolean().describe('True when the step’s record was found and nothing was trained.'),
});
export type TrainingResult = z.infer<typeof trainingResult>;

/** Log-probabilities of fixed token sequences under a policy: what a server must reproduce after loading it. */
export const fingerprintJob = z.strictObject({
  label: stepLabel,
  baseModel,
  lora: loraShape,
  precision: precision.describe('As the training’s.'),
  adapter: artifactRef.nullable(),
  probes: z.array(z.array(z.int().nonnegative()).min(2)).min(1).max(16),
});
export type FingerprintJob = z.infer<typeof fingerprintJob>;

export const fingerprintResult = z.strictObject({
  logprobs: z
    .array(z.number())
    .describe('Per probe: Σ log π(token | tokens before) over all tokens but the first, nats.'),
  seconds: z.number().nonnegative(),
  reused: z.boolean(),
});
export type FingerprintResult = z.infer<typeof fingerprintResult>;

/** The Python activities, as the workflow calls them: by name, on the train queue. */
export interface TrainerActivities {
  trainPolicy(job: TrainingJob): Promise<TrainingResult>;
  fingerprintPolicy(job: FingerprintJob): Promise<FingerprintResult>;
}

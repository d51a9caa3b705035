import { z } from 'zod';
import { defaultStepLimits, type StepKind, type StepLimits } from './default-step-limits';

const seconds = z
  .number()
  .positive()
  .max(30 * 24 * 3600);

/** Attempts, timeouts and back-off by kind of step. They only fill Temporal's retry policy: no step's result depends on them. */
export const stepLimitsByKind = z
  .strictObject({
    generate: limits(shapeOf('generate'), 'embedPrompts, generateCompletions and what precedes.'),
    score: limits(shapeOf('score'), 'scoreCompletions.'),
    train: limits(shapeOf('train'), 'trainPolicy and fingerprintPolicy.'),
    publish: limits(shapeOf('publish'), 'publishPolicy.'),
    evaluate: limits(shapeOf('evaluate'), 'evaluatePolicy.'),
    control: limits(shapeOf('control'), 'Steps that only read and write the store.'),
  })
  .describe('Limits by kind of step. They enter no step’s key: changing them redoes nothing.');

function shapeOf(kind: StepKind) {
  const defaults: StepLimits = defaultStepLimits[kind];
  return {
    maximumAttempts: z
      .int()
      .positive()
      .max(100_000)
      .default(defaults.maximumAttempts)
      .describe('Then the campaign fails; run again, it goes on at this step.'),
    startToCloseTimeoutSeconds: seconds
      .default(defaults.startToCloseTimeoutSeconds)
      .describe('One attempt may take so long.'),
    initialIntervalSeconds: seconds
      .default(defaults.initialIntervalSeconds)
      .describe('Wait before the second attempt.'),
    backoffCoefficient: z
      .number()
      .min(1)
      .max(100)
      .default(defaults.backoffCoefficient)
      .describe('Each wait is so many times the one before.'),
    maximumIntervalSeconds: seconds
      .default(defaults.maximumIntervalSeconds)
      .describe('No wait is longer, unless the server asks for it (Retry-After).'),
    heartbeatTimeoutSeconds: z.int().positive().optional().describe('Default: durability.heartbeatTimeoutSeconds.'),
  };
}

function limits<Shape extends ReturnType<typeof shapeOf>>(shape: Shape, steps: string) {
  return z
    .strictObject(shape)
    .refine((chosen) => ordered(chosen as StepLimits), {
      path: ['maximumIntervalSeconds'],
      error: 'is less than initialIntervalSeconds; raise it, or lower initialIntervalSeconds',
    })
    .prefault({} as z.input<z.ZodObject<Shape>>)
    .describe(steps);
}

function ordered({ initialIntervalSeconds, maximumIntervalSeconds }: StepLimits): boolean {
  return initialIntervalSeconds <= maximumIntervalSeconds;
}

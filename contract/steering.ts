import { z } from 'zod';
import type { ResolvedRewardModel } from './reward-model';

/** Who asks, and why; kept in the campaign's event log. */
export const steeringOrigin = z.strictObject({
  by: z.string().min(1).max(200),
  why: z.string().min(1).max(1000).nullable(),
});
export type SteeringOrigin = z.infer<typeof steeringOrigin>;

/** What may change while a campaign runs. Takes effect at the edge of the next round; evaluation at the next iteration. */
export const adjustableSettings = z.strictObject({
  alpha: z.number().nonnegative().optional().describe('α of LinUCB.'),
  posteriorScale: z.number().positive().optional().describe('v of linear Thompson sampling.'),
  learningRate: z.number().positive().optional(),
  prefetchRounds: z.int().min(0).max(64).optional(),
  everyIterations: z.int().positive().optional().describe('Held-out accuracy is measured after so many iterations.'),
});
export type AdjustableSettings = z.infer<typeof adjustableSettings>;

export const armActions = ['add', 'remove', 'mask', 'unmask'] as const;
export const armAction = z.enum(armActions);
/** add: a further reward model. remove: never ask it again. mask: do not ask it until it is unmasked. */
export type ArmAction = z.infer<typeof armAction>;

export interface ArmChange {
  action: ArmAction;
  rewardModelId: string;
  /** The reward model itself, for add. */
  rewardModel?: ResolvedRewardModel;
}

export interface StopRequest extends SteeringOrigin {
  /** true: the round under way is given up; else it is finished first. Either way every finished step is kept. */
  now: boolean;
}
export interface SetRequest extends SteeringOrigin {
  settings: AdjustableSettings;
}
export interface ArmRequest extends SteeringOrigin {
  change: ArmChange;
}
export interface ApprovalRequest extends SteeringOrigin {
  /** false: the policy is not published, and the campaign stops with the one before. */
  approve: boolean;
}

/** What an accepted update answers: what will happen, and when. */
export interface SteeringAnswer {
  message: string;
}

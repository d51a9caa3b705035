import { z } from 'zod';
import { artifactRef } from '../contract/artifact';
import type { BanditChange } from '../contract/bandit-log';
import type { ActivityDependencies } from './dependencies';
import { extendBandit, recallBandit, type RecalledBandit } from './recall-bandit';

const input = z.strictObject({
  banditLog: artifactRef,
  iteration: z.int().positive(),
  round: z.int().positive().describe('First round that the change holds for.'),
  wanted: z.strictObject({
    alpha: z.number().nonnegative().optional(),
    posteriorScale: z.number().positive().optional(),
    arms: z.array(z.string().min(1)).min(1).describe('The arms there are to be, in order.'),
    masked: z.array(z.string().min(1)),
  }),
});
export type AdjustBanditInput = z.infer<typeof input>;

/** Makes the bandit what people want it to be from a round on; the changes are part of its log. No change: the same log. */
export async function adjustBandit({ store }: ActivityDependencies, raw: AdjustBanditInput) {
  const { banditLog, iteration, round, wanted } = input.parse(raw);
  const changes = differences(await recallBandit(store, banditLog), wanted);
  const entries = changes.map((change) => ({ type: 'change' as const, iteration, round, change }));
  return { banditLog: await extendBandit(store, banditLog, entries) };
}

function differences({ state, mask }: RecalledBandit, wanted: AdjustBanditInput['wanted']): BanditChange[] {
  const active = state.arms.filter((arm) => arm.active).map(({ arm }) => arm);
  const parameters = state.parameters as { alpha?: number; posteriorScale?: number };
  const isOther = (name: 'alpha' | 'posteriorScale') =>
    wanted[name] !== undefined && parameters[name] !== undefined && wanted[name] !== parameters[name];
  const missing = (from: readonly string[], others: readonly string[]) => from.filter((id) => !others.includes(id));
  const each = (type: 'addArm' | 'removeArm' | 'maskArm' | 'unmaskArm', ids: readonly string[]) =>
    ids.map((armId) => ({ type, armId }));
  return [
    ...(isOther('alpha') ? [{ type: 'alpha' as const, alpha: wanted.alpha! }] : []),
    ...(isOther('posteriorScale') ? [{ type: 'posteriorScale' as const, posteriorScale: wanted.posteriorScale! }] : []),
    ...each('addArm', missing(wanted.arms, active)),
    ...each('removeArm', missing(active, wanted.arms)),
    ...each('unmaskArm', missing(mask, wanted.masked)),
    ...each('maskArm', missing(wanted.masked, mask)),
  ];
}

import type { ContextVector, Observation } from './bandit';

/** Throws unless the context is non-empty, finite and of the length seen before (null: none seen yet). */
export function checkContext(type: string, context: ContextVector, dimension: number | null): void {
  if (context.length === 0) throw new Error(`${type}: the context is empty; give the embedding of the prompts.`);
  if (dimension !== null && context.length !== dimension) {
    throw new Error(
      `${type}: the context has ${context.length} values, but this bandit has learned with ${dimension}; ` +
        'use the embedding it was started with, or start a new bandit.',
    );
  }
  const position = context.findIndex((value) => !Number.isFinite(value));
  if (position >= 0) {
    throw new Error(`${type}: context[${position}] is ${context[position]}; every value must be a finite number.`);
  }
}

/** Throws unless reward is finite and propensity is in (0, 1]. */
export function checkObservation(type: string, { arm, reward, propensity }: Observation): void {
  if (!Number.isFinite(reward)) {
    throw new Error(`${type}: the reward of arm '${arm}' is ${reward}; leave out rounds without a finite reward.`);
  }
  if (!(propensity > 0 && propensity <= 1)) {
    throw new Error(`${type}: the propensity of arm '${arm}' is ${propensity}; give the one its decision recorded.`);
  }
}

/** Throws unless the parameter is a finite number with low ≤ value ≤ high, or low < value where `openBelow`. */
export function checkParameter(
  type: string,
  name: string,
  value: number,
  { low, high = Infinity, openBelow = false }: { low: number; high?: number; openBelow?: boolean },
): void {
  const inside = Number.isFinite(value) && value <= high && (openBelow ? value > low : value >= low);
  if (inside) return;
  const range = `${openBelow ? 'above' : 'at least'} ${low}${high === Infinity ? '' : ` and at most ${high}`}`;
  throw new Error(`${type}: ${name} is ${value}; give a finite number ${range}.`);
}

import type { ContextScaling, Granularity, Selection } from './selection';

/** Ways of using the reward models that ask all of them in every round, so that nothing is chosen. */
export function asksAll({ type }: Selection): boolean {
  return type === 'scoreEnsemble' || type === 'agreementEnsemble';
}

/** What one choice is made for. */
export function granularityOf(chosen: Selection): Granularity {
  return 'granularity' in chosen ? chosen.granularity : 'round';
}

/** How the contexts of a way of selecting are scaled; none where it looks at none. */
export function scalingOf(chosen: Selection): ContextScaling {
  return 'contextScaling' in chosen ? chosen.contextScaling : 'none';
}

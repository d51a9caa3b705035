import type { ContextScaling, Granularity, Selection } from './selection';

type Ensemble = Extract<Selection, { type: 'scoreEnsemble' | 'agreementEnsemble' | 'onlineEnsemble' }>;

/** Ways of using the reward models that ask all of them in every round, so that nothing is chosen. */
export function asksAll(chosen: Selection): chosen is Ensemble {
  const { type } = chosen;
  return type === 'scoreEnsemble' || type === 'agreementEnsemble' || type === 'onlineEnsemble';
}

/** What a context is made for: one choice, or the choices for the pairs of one prompt. */
export function granularityOf(chosen: Selection): Granularity {
  if (chosen.type === 'bayesianRouter') return 'prompt';
  return 'granularity' in chosen ? chosen.granularity : 'round';
}

/** How the contexts of a way of selecting are scaled; none where it looks at none. */
export function scalingOf(chosen: Selection): ContextScaling {
  return 'contextScaling' in chosen ? chosen.contextScaling : 'none';
}

/** Whether the mean and spread of contexts are fitted before the first round. */
export function fitsContexts(chosen: Selection): boolean {
  return ['centred', 'centredOnly'].includes(scalingOf(chosen));
}

/** The labelled preference file that something is learned from before the first round; null where none is needed. */
export function labelledOf(chosen: Selection): string | null {
  switch (chosen.type) {
    case 'classifier':
      return chosen.labelled;
    case 'bayesianRouter':
      return chosen.prior?.labelled ?? null;
    case 'laser':
      return chosen.bandit.type === 'linThompson' ? (chosen.bandit.prior?.labelled ?? null) : null;
    default:
      return null;
  }
}

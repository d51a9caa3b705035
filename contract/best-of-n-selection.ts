import type { Selection } from './selection';
import { labelledOf } from './selection-needs';

const usable: readonly Selection['type'][] = ['laser', 'fixed', 'random', 'roundRobin', 'scoreEnsemble', 'oracle'];

/** Why a way of selecting cannot pick for prompts at inference, and what to do; null if it can. */
export function bestOfNSelectionProblem(selection: Selection): string | null {
  if (!usable.includes(selection.type)) {
    return `${selection.type} is a way of training; take one of ${usable.join(', ')}`;
  }
  return labelledOf(selection) === null
    ? null
    : 'its bandit learns from labelled preferences first, which best-of-n does not do; leave the prior out';
}

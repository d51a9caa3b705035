import type { Selection } from './selection';

/** What a selection and the reward models of a campaign file do not agree on: where, and what to do. */
export function selectionProblems(chosen: Selection, ids: readonly string[]): { path: string[]; message: string }[] {
  const known = `none of the reward models (${ids.join(', ')})`;
  if (chosen.type === 'fixed' && !ids.includes(chosen.rewardModelId)) {
    return [{ path: ['selection', 'rewardModelId'], message: `"${chosen.rewardModelId}" is ${known}` }];
  }
  if (chosen.type === 'laser' && chosen.cost) {
    const { perRewardModel } = chosen.cost;
    const unknown = Object.keys(perRewardModel).filter((id) => !ids.includes(id));
    return [
      ...unknown.map((id) => ({ path: ['selection', 'cost', 'perRewardModel', id], message: `is ${known}` })),
      ...(chosen.bandit.type === 'exp3'
        ? [{ path: ['selection', 'cost'], message: 'needs scores in units of reward; take another bandit than exp3' }]
        : []),
    ];
  }
  if (chosen.type === 'oracle') {
    return Object.entries(chosen.table).flatMap(([category, values]) =>
      ids
        .filter((id) => values[id] === undefined)
        .map((id) => ({
          path: ['selection', 'table', category],
          message: `has no entry for "${id}"; give its accuracy there`,
        })),
    );
  }
  return [];
}

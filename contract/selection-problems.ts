import type { RewardModel } from './reward-model';
import type { Selection } from './selection';

interface Problem {
  path: string[];
  message: string;
}

/** What a selection and the reward models of a campaign file do not agree on: where, and what to do. */
export function selectionProblems(chosen: Selection, rewardModels: readonly RewardModel[]): Problem[] {
  const late = rewardModels.filter(({ fromIteration = 1 }) => fromIteration > 1).map(({ id }) => id);
  if (late.length > 0 && late.length === rewardModels.length) {
    return [
      { path: ['rewardModels'], message: 'has none that may be asked in iteration 1; leave one without fromIteration' },
    ];
  }
  if (chosen.type === 'fixed' && late.includes(chosen.rewardModelId)) {
    return [
      {
        path: ['selection', 'rewardModelId'],
        message: `"${chosen.rewardModelId}" has a fromIteration; always asking it cannot wait`,
      },
    ];
  }
  return disagreements(
    chosen,
    rewardModels.map(({ id }) => id),
  );
}

function disagreements(chosen: Selection, ids: readonly string[]): Problem[] {
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

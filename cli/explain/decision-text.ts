import Table from 'cli-table3';
import type { ArmDecision } from '../../contract/round-record';

/** One choice for people: what was thought of every arm; the one that was asked is marked. */
export function decisionText({ scope, rewardModelId, propensity, arms }: ArmDecision): string {
  const head = ['reward model', 'θ·c', 'width', 'score', ''];
  const table = new Table({
    head,
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'left'],
  });
  for (const { armId, mean, width, score, available } of arms) {
    const note = armId === rewardModelId ? `asked, propensity ${propensity.toFixed(3)}` : available ? '' : 'masked';
    table.push([armId, number(mean), number(width), number(score), note]);
  }
  return `${scope === null ? 'The choice' : `The choice for ${scope}`}: ${rewardModelId}\n${table.toString()}`;
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(4);
}

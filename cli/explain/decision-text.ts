import Table from 'cli-table3';
import type { ArmDecision } from '../../contract/round-record';
import { newTable } from '../new-table';

/** Choices in the same context together, in order of first appearance; those that looked at none each for itself. */
export function choicesByContext<Choice extends ArmDecision>(decisions: readonly Choice[]): Choice[][] {
  const contexts = new Map<unknown, Choice[]>();
  for (const decision of decisions) {
    const key = decision.context ?? decision;
    contexts.set(key, [...(contexts.get(key) ?? []), decision]);
  }
  return [...contexts.values()];
}

/** Choices in one context for people: what was thought of every arm, and which were asked. At least one choice. */
export function decisionText(choices: readonly ArmDecision[]): string {
  return choices.length === 1 ? oneChoice(choices[0]!) : severalChoices(choices);
}

function oneChoice({ scope, rewardModelId, propensity, arms }: ArmDecision): string {
  const table = new Table({
    head: ['reward model', 'θ·c', 'width', 'score', ''],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'left'],
  });
  for (const { armId, mean, width, score, available } of arms) {
    const note = armId === rewardModelId ? `asked, propensity ${propensity.toFixed(3)}` : available ? '' : 'masked';
    table.push([armId, number(mean), number(width), number(score), note]);
  }
  return `${scope === null ? 'The choice' : `The choice for ${scope}`}: ${rewardModelId}\n${table.toString()}`;
}

/** Their scores are draws of their own, so only what they share is shown. */
function severalChoices(choices: readonly ArmDecision[]): string {
  const { scope, arms } = choices[0]!;
  const table = newTable(['reward model', 'θ·c', 'width', 'asked', 'propensity']);
  for (const { armId, mean, width, propensity, available } of arms) {
    const asked = choices.filter(({ rewardModelId }) => rewardModelId === armId).length;
    table.push([armId, number(mean), number(width), asked, available ? propensity.toFixed(3) : 'masked']);
  }
  return `${choices.length} choices in one context, ${scope} and others:\n${table.toString()}`;
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(4);
}

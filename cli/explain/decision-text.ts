import Table from 'cli-table3';
import type { ArmDecision } from '../../contract/round-record';

type Alignment = 'left' | 'right';

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
  const rows = arms.map(({ armId, mean, width, score, available }) => {
    const note = armId === rewardModelId ? `asked, propensity ${propensity.toFixed(3)}` : available ? '' : 'masked';
    return [armId, number(mean), number(width), number(score), note];
  });
  const table = textTable(['reward model', 'θ·c', 'width', 'score', ''], rows, 'left');
  return `${scope === null ? 'The choice' : `The choice for ${scope}`}: ${rewardModelId}\n${table}`;
}

/** Their scores are draws of their own, so only what they share is shown. */
function severalChoices(choices: readonly ArmDecision[]): string {
  const rows = choices[0]!.arms.map(({ armId, mean, width, propensity, available }) => {
    const asked = choices.filter(({ rewardModelId }) => rewardModelId === armId).length;
    return [armId, number(mean), number(width), String(asked), available ? propensity.toFixed(3) : 'masked'];
  });
  const table = textTable(['reward model', 'θ·c', 'width', 'asked', 'propensity'], rows, 'right');
  return `${choices.length} choices in one context, ${choices[0]!.scope} and others:\n${table}`;
}

function textTable(head: string[], rows: string[][], last: Alignment): string {
  const colAligns: Alignment[] = ['left', 'right', 'right', 'right', last];
  const table = new Table({ head, style: { head: [], border: [] }, colAligns });
  table.push(...rows);
  return table.toString();
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(4);
}

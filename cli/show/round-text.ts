import colours from 'picocolors';
import type { ShownRound } from '../../contract/cli-output/inspection';
import { choicesByContext, decisionText } from '../explain/decision-text';

type Prompt = ShownRound['prompts'][number];

/** A round for people. Completions that made pairs are marked: + chosen, - rejected. */
export function roundText({ campaignId, round, prompts }: ShownRound): string {
  const { iteration, round: number, category, decisions, training, banditReward, pairCount } = round;
  const trained = training ? `, loss ${training.loss.toFixed(4)}` : ', nothing trained';
  const reward = banditReward === null ? '' : `, bandit reward ${banditReward.toFixed(2)}`;
  return [
    colours.bold(`${campaignId}, iteration ${iteration}, round ${number}, ${category ?? 'mixed'}`),
    `${prompts.length} prompts, ${pairCount} pairs${trained}${reward}`,
    ...choicesByContext(decisions).map(decisionText),
    ...prompts.flatMap(promptLines),
  ].join('\n');
}

function promptLines({ promptId, prompt, completions, pairs }: Prompt): string[] {
  const chosen = new Set(pairs.map((pair) => pair.chosen));
  const rejected = new Set(pairs.map((pair) => pair.rejected));
  const marks = (text: string) => (chosen.has(text) ? '+' : ' ') + (rejected.has(text) ? '-' : ' ');
  return [
    '',
    `${colours.bold(oneLine(prompt))} ${colours.dim(promptId)}`,
    ...distinct(completions).map(({ text, scores, finishReason, times }) => {
      const numbers = Object.values(scores).map((score) => (score === null ? 'none' : score.toFixed(3)).padStart(9));
      const notes = `${finishReason === 'length' ? ' …' : ''}${times > 1 ? `  × ${times}` : ''}`;
      return `  ${marks(text)} ${numbers.join(' ')}  ${oneLine(text)}${colours.dim(notes)}`;
    }),
    ...pairs.map(({ chosen: better, chosenScore, rejected: worse, rejectedScore }) =>
      colours.dim(
        `     pair: ${oneLine(better)} (${chosenScore.toFixed(3)}) above ${oneLine(worse)} (${rejectedScore.toFixed(3)})`,
      ),
    ),
  ];
}

/** Best first; those with the same text and the same scores once, with how often they came. */
function distinct(completions: Prompt['completions']) {
  const groups = new Map<string, Prompt['completions'][number] & { times: number }>();
  for (const completion of completions) {
    const key = JSON.stringify([completion.text, completion.scores]);
    groups.set(key, { ...completion, times: (groups.get(key)?.times ?? 0) + 1 });
  }
  return [...groups.values()].sort((left, right) => highest(right.scores) - highest(left.scores));
}

function highest(scores: Record<string, number | null>): number {
  return Math.max(-Infinity, ...Object.values(scores).map((score) => score ?? -Infinity));
}

function oneLine(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

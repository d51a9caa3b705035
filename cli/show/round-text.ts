import colours from 'picocolors';
import type { ShownRound } from '../../contract/cli-output/inspection';
import { decisionText } from '../explain/decision-text';

type Prompt = ShownRound['prompts'][number];

/** A round for people. Best completions first; those that made pairs are marked. */
export function roundText({ campaignId, round, prompts }: ShownRound): string {
  const { iteration, round: number, category, decisions, training, banditReward, pairCount } = round;
  const trained = training ? `, loss ${training.loss.toFixed(4)}` : ', nothing trained';
  const reward = banditReward === null ? '' : `, bandit reward ${banditReward.toFixed(2)}`;
  return [
    colours.bold(`${campaignId}, iteration ${iteration}, round ${number}, ${category ?? 'mixed'}`),
    `${prompts.length} prompts, ${pairCount} pairs${trained}${reward}`,
    ...decisions.map(decisionText),
    ...prompts.flatMap(promptLines),
  ].join('\n');
}

function promptLines({ promptId, prompt, completions, pairs }: Prompt): string[] {
  const chosen = new Set(pairs.map((pair) => pair.chosen));
  const rejected = new Set(pairs.map((pair) => pair.rejected));
  const ordered = completions.toSorted((left, right) => highest(right.scores) - highest(left.scores));
  const marks = (text: string) => (chosen.has(text) ? '+' : ' ') + (rejected.has(text) ? '-' : ' ');
  return [
    '',
    `${colours.bold(oneLine(prompt))} ${colours.dim(promptId)}`,
    ...ordered.map(({ text, scores, finishReason }) => {
      const numbers = Object.values(scores).map((score) => (score === null ? 'none' : score.toFixed(3)).padStart(9));
      return `  ${marks(text)} ${numbers.join(' ')}  ${oneLine(text)}${finishReason === 'length' ? colours.dim(' …') : ''}`;
    }),
    ...pairs.map(({ chosen: better, chosenScore, rejected: worse, rejectedScore }) =>
      colours.dim(
        `     pair: ${oneLine(better)} (${chosenScore.toFixed(3)}) above ${oneLine(worse)} (${rejectedScore.toFixed(3)})`,
      ),
    ),
  ];
}

function highest(scores: Record<string, number | null>): number {
  return Math.max(-Infinity, ...Object.values(scores).map((score) => score ?? -Infinity));
}

function oneLine(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

import type { ComparisonResult, ComputeMeasure, Estimate, StrategyResult } from '../../contract/comparison-result';
import { measureName } from './measure-name';

export interface ResultTable {
  title: string;
  note: string;
  head: string[];
  rows: string[][];
}

const none = '–';

/** All tables of a comparison, the main one first. Accuracies in percent, differences in points. */
export function comparisonTables(result: ComparisonResult): ResultTable[] {
  return [
    accuracyTable(result),
    costTable(result),
    tellingTable(result),
    seedTable(result),
    stepTable(result),
    computeTable(result, 'rewardModelCalls', 'calls of reward models'),
    computeTable(result, 'scoringSeconds', 'seconds of scoring'),
    computeTable(result, 'wallSeconds', 'seconds of wall-clock'),
    pickTable(
      result.strategies,
      'picks',
      'Picks',
      'Share of the choices by category, over all finished runs, percent.',
    ),
    pickTable(result.strategies, 'laterPicks', 'Later picks', 'The same of the second half of the rounds.'),
  ].filter(({ rows }) => rows.length > 0);
}

function accuracyTable(result: ComparisonResult): ResultTable {
  const { strategies, reference, seeds, categories, heldOutPrompts } = result;
  const measure = measureName(result);
  const how = measure === 'Accuracy' ? 'greedy' : 'wins of the judge’s verdicts, ties half';
  const smallest = 2 / 2 ** seeds.length;
  return {
    title: `${measure} of the last policies`,
    note:
      `Percent of ${heldOutPrompts} held-out prompts in ${categories.length === 1 ? 'one category' : `${categories.length} categories of equal weight`}, ` +
      `${how}. Intervals: 95 %, stratified bootstrap over seeds. Differences to ${reference} in points, paired by seed; ` +
      `p: paired permutation, with ${seeds.length} seeds never below ${smallest.toPrecision(2)}; Holm over the table. ` +
      'Better: chance that a run beats one of the reference.',
    head: ['strategy', 'runs', 'mean', 'IQM', `minus ${reference}`, 'IQM of it', 'p', 'p (Holm)', 'better'],
    rows: strategies.map(({ name, finished, accuracy, difference }) => [
      name,
      `${finished}`,
      accuracy ? percent(accuracy.mean) : none,
      accuracy ? percent(accuracy.iqm) : none,
      difference ? points(difference.mean) : none,
      difference ? points(difference.iqm) : none,
      difference ? probability(difference.pValue) : none,
      difference ? probability(difference.adjustedPValue) : none,
      difference ? `${(100 * difference.improvement).toFixed(0)} %` : none,
    ]),
  };
}

function costTable({ strategies, reference }: ComparisonResult): ResultTable {
  const priced = strategies.some(({ runs }) => runs.some(({ ledger }) => (ledger?.currency ?? null) !== null));
  return {
    title: 'Cost of a run',
    note:
      'Mean over runs, each as if it had run alone: a step that was shared counts in full. Seconds are wall-clock of the steps when ' +
      `they were first done, what ran side by side counted once. Catches up: the first policy with at least the mean of ${reference}’s last one.`,
    head: [
      ...['strategy', 'RM calls', 'scoring s', 'wall-clock s', 'tokens generated', 'tokens trained', 'training steps'],
      ...(priced ? ['money'] : []),
      'catches up',
    ],
    rows: strategies.map(({ name, cost, catchesUp }) =>
      cost === null
        ? [name, ...Array<string>(priced ? 8 : 7).fill(none)]
        : [
            name,
            whole(cost.rewardModelCalls),
            cost.scoringSeconds.toFixed(1),
            cost.wallSeconds.toFixed(1),
            whole(cost.generatedTokens),
            whole(cost.trainedTokens),
            whole(cost.optimizerSteps),
            ...(priced ? [cost.money.toFixed(4)] : []),
            catchesUp === null
              ? none
              : `iteration ${catchesUp.iteration}, ${whole(catchesUp.spent.rewardModelCalls)} calls`,
          ],
    ),
  };
}

function seedTable({ strategies, seeds }: ComparisonResult): ResultTable {
  return {
    title: 'Every run',
    note: 'Percent of all held-out prompts, by seed.',
    head: ['strategy', ...seeds.map((seed) => `seed ${seed}`)],
    rows: strategies.map(({ name, runs }) => [
      name,
      ...seeds.map((seed) => {
        const run = runs.find((one) => one.seed === seed);
        const last = run?.status === 'finished' ? run.policies.at(-1) : undefined;
        return last ? (100 * last.accuracy).toFixed(1) : (run?.status ?? none);
      }),
    ]),
  };
}

function stepTable(result: ComparisonResult): ResultTable {
  const { strategies, equalSteps } = result;
  return {
    title: 'Equal steps',
    note: `Mean ${measureName(result).toLowerCase()} after each iteration, percent, with its 95 % interval.`,
    head: ['strategy', ...equalSteps.map(({ iteration }) => `iteration ${iteration}`)],
    rows: strategies.map(({ name }) => [name, ...equalSteps.map((step) => meanOf(step.strategies, name))]),
  };
}

function computeTable(result: ComparisonResult, measure: ComputeMeasure, words: string): ResultTable {
  const columns = result.equalCompute.filter((row) => row.measure === measure);
  return {
    title: `Equal ${words}`,
    note: `Mean ${measureName(result).toLowerCase()} of the newest policy that a run had for as many ${words} as ${result.reference} had spent after each iteration.`,
    head: ['strategy', ...columns.map(({ budget, iteration }) => `${short(budget)} (iteration ${iteration})`)],
    rows:
      columns.length === 0
        ? []
        : result.strategies.map(({ name }) => [name, ...columns.map((row) => meanOf(row.strategies, name))]),
  };
}

/** The chance that the best reward model had the higher reward, where the file says which is best. */
function tellingTable({ strategies }: ComparisonResult): ResultTable {
  return {
    title: 'What the bandit reward says',
    note:
      'Chance, percent, that a choice of the category’s best reward model had a higher bandit reward than a choice of another; ' +
      'mean over categories and seeds, with its 95 % interval. 50: the reward says nothing of who is best.',
    head: ['strategy', 'best told from the others'],
    rows: strategies.flatMap(({ name, tellsBest }) => (tellsBest ? [[name, percent(tellsBest)]] : [])),
  };
}

function pickTable(
  strategies: readonly StrategyResult[],
  which: 'picks' | 'laterPicks',
  title: string,
  note: string,
): ResultTable {
  const all = strategies.flatMap((one) => Object.values(one[which]).flatMap((counts) => Object.keys(counts)));
  const rewardModels = [...new Set(all)].sort();
  return {
    ...{ title, note },
    head: ['strategy', 'category', ...rewardModels],
    rows: strategies.flatMap((strategy) => pickRows(strategy.name, strategy[which], rewardModels)),
  };
}

function pickRows(name: string, picks: StrategyResult['picks'], rewardModels: readonly string[]): string[][] {
  return Object.entries(picks)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([category, counts]) => {
      const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
      return [name, category, ...rewardModels.map((id) => ((100 * (counts[id] ?? 0)) / total).toFixed(0))];
    });
}

function meanOf(rows: readonly { strategy: string; mean: Estimate }[], name: string): string {
  const found = rows.find(({ strategy }) => strategy === name);
  return found ? percent(found.mean) : none;
}

function percent({ estimate, low, high }: Estimate): string {
  return `${(100 * estimate).toFixed(1)} [${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`;
}

function points({ estimate, low, high }: Estimate): string {
  const signed = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}`;
  return `${signed(estimate)} [${signed(low)}, ${signed(high)}]`;
}

function probability(p: number): string {
  return p < 1e-4 ? '< 0.0001' : p.toFixed(4);
}

function whole(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

function short(value: number): string {
  return value >= 100 ? whole(value) : value.toPrecision(2);
}

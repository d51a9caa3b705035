import { deriveSeed } from '../derive-seed';
import { mean } from '../statistics/mean';
import { pairedBootstrap } from '../statistics/paired-bootstrap';
import { stratifiedBootstrap, type BootstrapEstimate } from '../statistics/stratified-bootstrap';
import { wilsonInterval } from '../statistics/wilson-interval';

/** What one prompt's completions are worth, each 0 to 1. */
export interface PickedPrompt {
  readonly category: string;
  /** The one that is returned. */
  readonly value: number;
  /** The first, as with n = 1. */
  readonly first: number;
  /** The mean over the n. */
  readonly average: number;
  /** The best of the n. */
  readonly oracle: number;
}

export interface BestOfNEstimates {
  category: string;
  prompts: number;
  value: BootstrapEstimate;
  first: BootstrapEstimate;
  average: BootstrapEstimate;
  oracle: BootstrapEstimate;
  overFirst: BootstrapEstimate;
  overAverage: BootstrapEstimate;
}

export interface MeasureOptions {
  /** Values are all 0 or 1, so that shares have Wilson intervals; else they are bootstrapped. */
  readonly binary: boolean;
  readonly seed: number;
  readonly resamples: number;
}

/**
 * Best-of-n beside what the same completions give without a reward model: the first, one at random, and the best there
 * is. A row a category where there are several, in order of name, and one for all; 95 % intervals over prompts, drawn
 * within categories; differences are paired by prompt. No prompts: no rows.
 */
export function measureBestOfN(prompts: readonly PickedPrompt[], options: MeasureOptions): BestOfNEstimates[] {
  if (prompts.length === 0) return [];
  const names = [...new Set(prompts.map(({ category }) => category))].sort();
  const categories = names.length > 1 ? names : [];
  return [
    ...categories.map((name) => rowOf(name, [prompts.filter(({ category }) => category === name)], options)),
    rowOf(
      'all',
      names.map((name) => prompts.filter(({ category }) => category === name)),
      options,
    ),
  ];
}

type Measure = Exclude<keyof PickedPrompt, 'category'>;

function rowOf(
  category: string,
  strata: readonly (readonly PickedPrompt[])[],
  { binary, seed, resamples }: MeasureOptions,
): BestOfNEstimates {
  const all = strata.flat();
  const bootstrap = (which: Measure) =>
    stratifiedBootstrap(
      strata.map((prompts) => prompts.map((prompt) => prompt[which])),
      (drawn) => mean(drawn.flat()),
      { seed: deriveSeed(seed, 'best-of-n', category, which), resamples },
    );
  const shareOf = (which: Measure): BootstrapEstimate => {
    if (!binary) return bootstrap(which);
    const correct = all.filter((prompt) => prompt[which] === 1).length;
    return { estimate: correct / all.length, ...wilsonInterval(correct, all.length) };
  };
  const over = (which: Measure): BootstrapEstimate => {
    const outcomes = all.map((prompt) => ({ first: prompt[which], second: prompt.value, stratum: prompt.category }));
    const { difference, low, high } = pairedBootstrap(outcomes, {
      seed: deriveSeed(seed, 'best-of-n', category, 'over', which),
      resamples,
    });
    return { estimate: difference, low, high };
  };
  return {
    category,
    prompts: all.length,
    value: shareOf('value'),
    first: shareOf('first'),
    average: bootstrap('average'),
    oracle: shareOf('oracle'),
    overFirst: over('first'),
    overAverage: over('average'),
  };
}

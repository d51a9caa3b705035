import type { ComparedRun, ComparisonState } from '../contract/comparison-run';

/** Markdown for the Temporal UI: a row a strategy, a column a seed, then what failed. */
export function describeComparison({ phase, runs }: ComparisonState): string {
  const over = runs.filter(({ status }) => status !== 'waiting' && status !== 'running').length;
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  const strategies = [...new Set(runs.map(({ strategy }) => strategy))];
  const rows = strategies.map((strategy) => {
    const own = seeds.map((seed) => runs.find((run) => run.strategy === strategy && run.seed === seed));
    const measured = own.flatMap((run) => (run?.status === 'finished' && run.accuracy !== null ? [run.accuracy] : []));
    const mean = measured.length === 0 ? '–' : percent(measured.reduce((sum, one) => sum + one, 0) / measured.length);
    return `| ${[strategy, ...own.map(cellOf), mean].join(' | ')} |`;
  });
  const failures = runs.flatMap(({ failure }) => failure ?? []).map((failure) => `- ${failure}`);
  return [
    `**${phase}** · ${over} of ${runs.length} campaigns are over`,
    [
      `| strategy | ${seeds.map((seed) => `seed ${seed}`).join(' | ')} | mean |`,
      `|---|${'---|'.repeat(seeds.length + 1)}`,
      ...rows,
    ].join('\n'),
    ...(failures.length === 0 ? [] : [failures.join('\n')]),
  ].join('\n\n');
}

function cellOf(run: ComparedRun | undefined): string {
  if (run?.status !== 'finished') return run?.status ?? '–';
  return run.accuracy === null ? 'finished' : percent(run.accuracy);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

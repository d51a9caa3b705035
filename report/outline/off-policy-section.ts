import type { CampaignReport } from '../../contract/campaign-report';
import { formatCount, formatMany, formatNumber, formatTick } from '../format-quantity';
import { forest, forestHeight } from '../plots/forest';
import { dataTable, rewardModelCell } from './data-table';
import type { DataTable, Figure, Section } from './outline';

type OffPolicy = NonNullable<CampaignReport['offPolicy']>;
type Estimated = Extract<OffPolicy['values'][number], { status: 'estimated' }>;

/** What always asking one reward model would have been worth to the bandit; no section where nothing is chosen. */
export function offPolicySection({ offPolicy }: CampaignReport): Section[] {
  if (offPolicy === null) return [];
  const section = { id: 'off-policy', title: 'What always asking one RM would have been worth' };
  if (offPolicy.choices === 0) {
    return [{ ...section, paragraphs: ['No choice has been rewarded yet.'], figures: [], tables: [] }];
  }
  const estimated = offPolicy.values.filter((value) => value.status === 'estimated');
  return [
    {
      ...section,
      paragraphs: lead(offPolicy, estimated),
      figures: estimated.length === 0 ? [] : [figure(offPolicy, estimated)],
      tables: [table(offPolicy)],
    },
  ];
}

function lead(offPolicy: OffPolicy, estimated: readonly Estimated[]): string[] {
  const { exploration, choices, choicesLeftOut, values } = offPolicy;
  const newest = choicesLeftOut === 0 ? '' : ' (the newest)';
  const why =
    'A bandit that explores with probability 0 takes the same reward model whenever it sees the same log, so what another one ' +
    'would have been paid at that context was never seen. The values are not identifiable from this campaign, however long ' +
    'it runs. Set selection.exploration (ε) above 0 to learn them.';
  const what =
    `Mean bandit reward, normalised, if one reward model had been asked in every choice, estimated from ` +
    `${formatMany(choices, 'choice')}${newest} with the propensities that were logged (ε = ${formatNumber(exploration)}). SNIPW weighs the ` +
    'choices by 1/propensity; DR adds a regression on contexts, and is mostly the narrower. 95 % intervals.';
  const caution =
    'It is the value at contexts like those of this campaign. Another choice would have trained another policy, so it does not ' +
    'say what accuracy would have come of it.';
  if (exploration === 0 && values.every(({ status }) => status === 'notIdentifiable')) return [why];
  return [what, ...(estimated.length === 0 ? [] : [caution]), ...reasons(offPolicy)];
}

function reasons({ values }: OffPolicy): string[] {
  return values.flatMap((value) =>
    value.status === 'estimated' ? [] : [`No estimate for ${value.rewardModelId}: ${value.reason}`],
  );
}

function figure({ logged }: OffPolicy, estimated: readonly Estimated[]): Figure {
  const rows = estimated.flatMap(({ rewardModelId, snipw, doublyRobust }) => [
    { name: `${rewardModelId} · DR`, value: { estimate: doublyRobust.value, ...doublyRobust } },
    { name: `${rewardModelId} · SNIPW`, value: { estimate: snipw.value, ...snipw } },
  ]);
  const best = estimated.toSorted((left, right) => right.doublyRobust.value - left.doublyRobust.value)[0];
  return {
    title: 'Value of always asking one reward model',
    caption: 'Dots: estimates. Lines: 95 % intervals. Upright: what the campaign’s own choices were paid on average.',
    description:
      `Two estimates with intervals for ${formatMany(estimated.length, 'reward model')}; the campaign’s own mean is ${formatNumber(logged)}. ` +
      `Highest by DR: ${best?.rewardModelId} with ${formatNumber(best?.doublyRobust.value)}.`,
    legend: [],
    span: 'full',
    heightOf: () => forestHeight(rows.length),
    draw: (frame) => forest(rows, formatTick, frame, logged),
    data: dataTable(
      'Value of always asking one reward model',
      ['Estimate', 'Value', 'From', 'To'],
      rows.map(({ name, value }) => [name, ...[value.estimate, value.low, value.high].map(formatNumber)]),
    ),
  };
}

function table({ values, logged, choices }: OffPolicy): DataTable {
  return dataTable(
    'Value of always asking one reward model, bandit reward',
    ['Reward model', 'Choices', 'Weigh as much as', 'SNIPW', 'DR'],
    [
      ...values.map((value) => [
        rewardModelCell(value.rewardModelId),
        formatCount(value.pulls),
        ...(value.status === 'estimated'
          ? [formatNumber(value.effectiveSampleSize), interval(value.snipw), interval(value.doublyRobust)]
          : ['–', '–', '–']),
      ]),
      ['As it was chosen', formatCount(choices), '–', formatNumber(logged), formatNumber(logged)],
    ],
  );
}

function interval({ value, low, high }: Estimated['snipw']): string {
  return `${formatNumber(value)} [${formatNumber(low)}, ${formatNumber(high)}]`;
}

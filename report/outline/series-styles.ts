import type { CampaignReport } from '../../contract/campaign-report';
import type { LegendEntry, SeriesStyle } from './outline';

const colours = 8;
const dashes: SeriesStyle['dash'][] = ['solid', [7, 3], [2, 2], [9, 3, 2, 3]];
const symbols = ['circle', 'rect', 'triangle', 'diamond'] as const;

/** Each reward model's look, by its place in the campaign: the same in every figure. */
export function rewardModelStyles({ rewardModels }: Pick<CampaignReport, 'rewardModels'>): LegendEntry[] {
  return rewardModels.map(({ rewardModelId }, index) => ({ name: rewardModelId, ...seriesStyle(index) }));
}

/** Past eight series a colour comes again with another dash and marker. */
export function seriesStyle(index: number): SeriesStyle {
  const turn = index + Math.floor(index / colours);
  return {
    colour: `var(--series-${(index % colours) + 1})`,
    dash: dashes[turn % dashes.length] ?? 'solid',
    symbol: symbols[turn % symbols.length] ?? 'circle',
  };
}

/** For what belongs to no reward model: colours are theirs alone. */
export function neutralStyle(index = 0): SeriesStyle {
  return {
    colour: index === 0 ? 'var(--text)' : 'var(--muted)',
    dash: dashes[index % dashes.length] ?? 'solid',
    symbol: symbols[index % symbols.length] ?? 'circle',
  };
}

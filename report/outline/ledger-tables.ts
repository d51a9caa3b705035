import type { CampaignReport } from '../../contract/campaign-report';
import { formatCount, formatDuration, formatMoney, formatNumber, formatPercent } from '../format-quantity';
import { dataTable, rewardModelCell } from './data-table';
import type { DataTable } from './outline';

type Spending = CampaignReport['spending'];

/** What the campaign cost, and what it may cost; nothing where the campaign file has neither prices nor a budget. */
export function spendingParagraphs({ ledger, budget }: Spending): string[] {
  const { currency, campaign } = ledger;
  const cost =
    currency === null
      ? []
      : [
          `${formatMoney(campaign.money, currency)} by the prices of the campaign file, evaluations included: ` +
            `${formatMoney(scoringMoney(ledger), currency)} for scoring, the rest for all other steps. A step that another campaign had done ` +
            'already counts in full.',
        ];
  if (budget.length === 0) return cost;
  const limits = budget.map(({ unit, spent, limit }) => {
    const amount = (value: number) =>
      unit === 'seconds'
        ? formatDuration(value)
        : unit === 'tokens'
          ? `${formatCount(value)} tokens`
          : formatMoney(value, currency ?? '');
    return `${amount(spent)} of ${amount(limit)} (${formatPercent(spent / limit, 0)})`;
  });
  return [
    ...cost,
    `Budget spent: ${limits.join(', ')}. Seconds are those of rounds and evaluations one after the other.`,
  ];
}

/** By iteration, and with prices by reward model. */
export function ledgerTables({ ledger }: Spending): DataTable[] {
  const { currency } = ledger;
  const priced = (head: string) => (currency === null ? [] : [head]);
  const money = (value: number) => (currency === null ? [] : [formatMoney(value, currency)]);
  const iterations = dataTable(
    'By iteration',
    ['Iteration', 'Time', 'Completions scored', 'Tokens generated', 'Tokens trained', ...priced('Money')],
    [...ledger.iterations, { iteration: 'All', ...ledger.campaign }].map((row) => [
      String(row.iteration),
      formatDuration(row.wallSeconds),
      formatCount(row.rewardModelCalls),
      formatCount(row.generatedTokens),
      formatCount(row.trainedTokens),
      ...money(row.money),
    ]),
  );
  if (currency === null) return [iterations];
  const rewardModels = dataTable(
    'Money by reward model, for scoring',
    ['Reward model', 'Rounds', 'Completions scored', 'Tokens scored', 'Time', 'Money', 'A thousand completions'],
    ledger.rewardModels.map(({ rewardModelId, rounds, calls, scoredTokens, seconds, money: spent }) => [
      rewardModelCell(rewardModelId),
      formatCount(rounds),
      formatCount(calls),
      formatCount(scoredTokens),
      formatDuration(seconds),
      formatMoney(spent, currency),
      calls === 0 ? formatNumber(null) : formatMoney((1000 * spent) / calls, currency),
    ]),
  );
  return [iterations, rewardModels];
}

function scoringMoney({ rewardModels }: Spending['ledger']): number {
  return rewardModels.reduce((sum, { money }) => sum + money, 0);
}

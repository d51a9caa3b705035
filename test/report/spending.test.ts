import { buildCostLedger } from '../../algorithm';
import { prices } from '../../contract/prices';
import { buildCampaignReport, renderMarkdown, type ReportInputs } from '../../report';
import { reportSpending } from '../../report/build/report-spending';
import { madeUpCampaign } from './made-up-campaign';

const made = madeUpCampaign({ iterations: 2, roundsPerIteration: 12, heldOut: 8 });
const priced = prices.parse({
  currency: 'EUR',
  perSecond: { train: 0.5, evaluate: 0.25 },
  rewardModels: { 'rm-sum': { perThousandCalls: 2 } },
});
const inputs = { ...made, campaign: { ...made.campaign, prices: priced, budget: { tokens: 1_000_000, money: 200 } } };
const textOf = (of: ReportInputs) => renderMarkdown(buildCampaignReport(of)).replaceAll('\u00a0', ' ');

test('the report holds the ledger, by iteration and reward model, and what is spent of the budget', () => {
  const { ledger, budget } = reportSpending(inputs);
  expect(ledger).toEqual(buildCostLedger(inputs.rounds, inputs.evaluations, inputs.campaign));
  const sumRounds = ledger.rewardModels.find(({ rewardModelId }) => rewardModelId === 'rm-sum')!.rounds;
  const expected = 24 * 2.4 * 0.5 + 3 * 4 * 0.25 + (sumRounds * 480 * 2) / 1000;
  expect(ledger.campaign.money).toBeCloseTo(expected, 9);
  const { generatedTokens, trainedTokens } = ledger.campaign;
  expect(budget).toEqual([
    { unit: 'tokens', limit: 1_000_000, spent: generatedTokens + trainedTokens },
    { unit: 'money', limit: 200, spent: ledger.campaign.money },
  ]);
});

test('money is shown in the currency of the file, by iteration and reward model, beside the budget', () => {
  const text = textOf(inputs);
  const { ledger } = reportSpending(inputs);
  expect(text).toContain('## Time, tokens, calls and money');
  expect(text).toContain(`${ledger.campaign.money.toFixed(2)} EUR by the prices of the campaign file`);
  expect(text).toMatch(/Budget spent: [\d,]+ tokens of 1,000,000 tokens \(\d+ %\), \d+\.\d\d EUR of 200\.00 EUR/);
  for (const { iteration, money } of ledger.iterations) {
    expect(text).toMatch(new RegExp(`\\| ${iteration} \\|.* ${money.toFixed(2).replace('.', '\\.')} EUR \\|`));
  }
  expect(text).toMatch(/\| rm-sum \| \d+ \|.*\| 2\.00 EUR \|/);
});

test('without prices no money is shown', () => {
  const text = textOf(made);
  expect(text).not.toMatch(/Money|EUR|USD|Budget spent/);
  expect(text).toContain('**By iteration**');
});

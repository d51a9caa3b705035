import { buildCostLedger } from '../../../algorithm/cost/build-cost-ledger';
import { addSpent, nothingSpent, reachedLimits, spentOf } from '../../../algorithm/cost/spent';
import { costLedger } from '../../../contract/cost-ledger';
import { prices } from '../../../contract/prices';

const priced = prices.parse({
  currency: 'EUR',
  perSecond: { generate: 0.1, evaluate: 1 },
  perMillionTokens: { generate: 1000, train: 2000 },
  rewardModels: { big: { perSecond: 0.5, perThousandCalls: 10 }, small: { perMillionTokens: 5000 } },
});
const scale = { promptBatchSize: 2, sampling: { completionsPerPrompt: 4 }, prices: priced };
const seconds = { embed: 1, generate: 10, score: 3, train: 4 };
const rounds = [
  {
    ...{ iteration: 1, generatedTokens: 800, seconds, training: { tokens: 500, optimizerSteps: 2 } },
    scoring: [{ rewardModelId: 'big', scored: 7, missing: 1, seconds: 3 }],
  },
  // Two prompts, each with a reward model of its own; the round gave no pairs.
  {
    ...{ iteration: 2, generatedTokens: 400, seconds, training: null },
    scoring: [
      { rewardModelId: 'small', scored: 4, missing: 0, seconds: 2 },
      { rewardModelId: 'big', scored: 4, missing: 0, seconds: 3 },
    ],
  },
];
const evaluations = [
  { iteration: 0, seconds: 6 },
  { iteration: 2, seconds: 7 },
];

describe('the cost ledger', () => {
  const ledger = buildCostLedger(rounds, evaluations, scale);

  it('adds up the campaign, and its iterations add up to it', () => {
    expect(costLedger.parse(ledger)).toEqual(ledger);
    expect(ledger.currency).toBe('EUR');
    expect(ledger.campaign).toMatchObject({
      seconds: { evaluate: 13, embed: 2, generate: 20, score: 8, train: 8 },
      ...{ scoringSeconds: 6, wallSeconds: 13 + 20 + 6 + 8 },
      ...{ rewardModelCalls: 16, generatedTokens: 1200, trainedTokens: 500, scoredTokens: 1200, optimizerSteps: 2 },
    });
    expect(ledger.iterations.map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    const sum = ledger.iterations.reduce((total, { money }) => total + money, 0);
    expect(ledger.campaign.money).toBeCloseTo(sum, 12);
  });

  it('counts each price once', () => {
    const generation = 20 * 0.1 + (1200 * 1000) / 1e6;
    const training = (500 * 2000) / 1e6;
    const big = 6 * 0.5 + (12 * 10) / 1e3;
    const small = (200 * 5000) / 1e6;
    expect(ledger.campaign.money).toBeCloseTo(generation + training + big + small + 13, 12);
    expect(ledger.rewardModels).toEqual([
      { rewardModelId: 'big', rounds: 2, calls: 12, scoredTokens: 1000, seconds: 6, money: expect.closeTo(big, 12) },
      { rewardModelId: 'small', rounds: 1, calls: 4, scoredTokens: 200, seconds: 2, money: expect.closeTo(small, 12) },
    ]);
  });

  it('has no money without prices, and nothing in it without rounds', () => {
    const free = buildCostLedger(rounds, evaluations, { ...scale, prices: undefined });
    expect(free).toMatchObject({ currency: null, campaign: { money: 0, rewardModelCalls: 16 } });
    expect(buildCostLedger([], [], scale)).toMatchObject({ iterations: [], rewardModels: [], campaign: { money: 0 } });
  });
});

describe('a budget', () => {
  const { campaign } = buildCostLedger(rounds, evaluations, scale);
  const spent = spentOf(campaign);

  it('counts wall-clock, and generated and trained tokens', () => {
    expect(spent).toMatchObject({ seconds: 47, tokens: 1700 });
    expect(addSpent(undefined, spent)).toEqual(spent);
    expect(addSpent(spent, nothingSpent)).toEqual(spent);
  });

  it('is spent when a limit is reached, not before', () => {
    expect(reachedLimits(undefined, spent)).toEqual([]);
    expect(reachedLimits({ seconds: 47.01, tokens: 1701 }, spent)).toEqual([]);
    expect(reachedLimits({ seconds: 47, tokens: 1701, money: 1 }, spent)).toEqual([
      'seconds 47 of 47',
      expect.stringMatching(/^money [\d.]+ of 1$/),
    ]);
  });
});

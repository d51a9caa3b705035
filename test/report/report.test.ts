import { mcnemarExact, wilsonInterval } from '../../algorithm';
import { campaignReport } from '../../contract/campaign-report';
import type { RoundRecord } from '../../contract/round-record';
import { buildCampaignReport } from '../../report';
import { madeUpCampaign } from './made-up-campaign';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('the report of a campaign', () => {
  const inputs = madeUpCampaign({ iterations: 2, roundsPerIteration: 20, withoutPairs: (number) => number === 7 });
  const report = buildCampaignReport(inputs);

  it('is the same for the same inputs, and survives JSON', () => {
    expect(buildCampaignReport(inputs)).toEqual(report);
    expect(campaignReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('gives accuracies with Wilson intervals, for all prompts and by category', () => {
    expect(report.accuracy.policies.map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    for (const { all, byCategory } of report.accuracy.policies) {
      expect(byCategory).toHaveLength(4);
      expect(sum(byCategory.map(({ correct }) => correct))).toBe(all.correct);
      expect(all.accuracy).toEqual({ value: all.correct / 400, ...wilsonInterval(all.correct, 400) });
    }
  });

  it('compares the newest policy with the first, prompt by prompt', () => {
    const { first, last } = inputs.compared!;
    const pairs = first.outcomes.map(
      ({ points }, index) => [points === 1, last.outcomes[index]!.points === 1] as const,
    );
    const expected = mcnemarExact(pairs);
    const { rows, pValue, from, to } = report.accuracy.paired!;
    const all = rows.at(-1)!;
    expect({ from, to, pValue }).toEqual({ from: 0, to: 2, pValue: expected.pValue });
    expect(all).toMatchObject({ category: 'all', gained: expected.onlySecond, lost: expected.onlyFirst });
    expect(all.difference.value).toBeCloseTo(all.after.value - all.before.value, 12);
    expect(all.difference.low).toBeLessThan(all.difference.value);
    expect(all.difference.high).toBeGreaterThan(all.difference.value);
    expect(sum(rows.slice(0, -1).map(({ total }) => total))).toBe(all.total);
  });

  it('counts what reward models were asked for, and what an ensemble would have asked', () => {
    expect(sum(report.rewardModels.map(({ picks }) => picks))).toBe(40);
    expect(sum(report.rewardModels.map(({ pickShare }) => pickShare!))).toBeCloseTo(1, 12);
    expect(sum(report.picksByCategory.flatMap(({ picks }) => Object.values(picks)))).toBe(40);
    expect(report.calls).toEqual({ made: 40 * 480, ensemble: 5 * 40 * 480, saved: 4 * 40 * 480 });
    expect(sum(report.rewardModels.map(({ scored, missing }) => scored + missing))).toBe(report.calls.made);
  });

  it('gives every second and token to the reward model that was asked', () => {
    const { generatedTokens, stepSeconds } = report.cost;
    expect(sum(report.rewardModels.map((model) => model.generatedTokens))).toBeCloseTo(generatedTokens, 6);
    expect(sum(report.rewardModels.map((model) => model.trainingSeconds))).toBeCloseTo(stepSeconds['train']!, 6);
    expect(stepSeconds['evaluate']).toBe(12);
  });

  it('shows what the bandit knew of each reward model at the newest decision', () => {
    const opinions = inputs.rounds.at(-1)!.decisions[0]!.arms;
    for (const { rewardModelId, lastMean, lastWidth } of report.rewardModels) {
      const { mean, width } = opinions.find(({ armId }) => armId === rewardModelId)!;
      expect({ lastMean, lastWidth }).toEqual({ lastMean: mean, lastWidth: width });
    }
  });

  it('keeps a round without pairs, with nothing trained and nothing paid', () => {
    expect(report.progress).toMatchObject({ rounds: 40, roundsWithoutPairs: 1, promptsWithoutPairs: { allTied: 16 } });
    expect(report.rounds[6]).toMatchObject({ number: 7, pairs: 0, training: null, banditReward: null, rewards: {} });
  });
});

describe('other ways of choosing', () => {
  const { rounds, ...inputs } = madeUpCampaign({ iterations: 1, roundsPerIteration: 4 });
  const [first] = rounds as [RoundRecord];
  const [decision] = first.decisions as [RoundRecord['decisions'][0]];
  const [score] = first.scoring as [RoundRecord['scoring'][0]];
  const choose = (scope: string, rewardModelId: string) => ({ ...decision, scope, rewardModelId });
  const scored = (rewardModelId: string, count: number) => ({ ...score, rewardModelId, scored: count, missing: 0 });

  it('one choice a prompt: calls are shared out, each reward model is paid for its own prompts', () => {
    const round: RoundRecord = {
      ...first,
      category: null,
      decisions: [choose('p1', 'rm-sum'), choose('p2', 'rm-sum'), choose('p3', 'rm-sort')],
      outcomes: [
        { scope: 'p1', rawReward: 2, reward: 1 },
        { scope: 'p2', rawReward: 0, reward: 0.5 },
        { scope: 'p3', rawReward: -2, reward: 0 },
      ],
      scoring: [scored('rm-sum', 20), scored('rm-sort', 10)],
      generatedTokens: 300,
    };
    const categoryOfPrompt = { p1: 'sum', p2: 'sort', p3: 'sort' };
    const report = buildCampaignReport({ ...inputs, rounds: [round], categoryOfPrompt });
    expect(report.calls).toEqual({ made: 30, ensemble: 5 * 30, saved: 4 * 30 });
    expect(report.rounds[0]).toMatchObject({
      picks: { 'rm-sum': 2, 'rm-sort': 1 },
      rewards: {
        'rm-sum': { rawReward: 1, banditReward: 0.75 },
        'rm-sort': { rawReward: -2, banditReward: 0 },
      },
    });
    expect(report.picksByCategory).toEqual([
      { category: 'sort', picks: { 'rm-sum': 1, 'rm-sort': 1 } },
      { category: 'sum', picks: { 'rm-sum': 1 } },
    ]);
    expect(report.rewardModels.find(({ rewardModelId }) => rewardModelId === 'rm-sum')).toMatchObject({
      ...{ picks: 2, meanBanditReward: 0.75, generatedTokens: 200 },
    });
  });

  it('one choice a pair: a completion may be asked for twice, an ensemble would ask once for each reward model', () => {
    const round: RoundRecord = {
      ...first,
      category: null,
      decisions: [choose('p1#0-1', 'rm-sum'), choose('p1#1-2', 'rm-sort'), choose('p2#0-1', 'rm-sum')],
      outcomes: [{ scope: 'p1#1-2', rawReward: 1, reward: 1 }],
      scoring: [scored('rm-sum', 4), scored('rm-sort', 2)],
    };
    const report = buildCampaignReport({ ...inputs, rounds: [round], categoryOfPrompt: { p1: 'sum', p2: 'all' } });
    expect(report.calls).toEqual({ made: 6, ensemble: 5 * 5, saved: 19 });
    expect(report.rounds[0]!.rewards).toEqual({ 'rm-sort': { rawReward: 1, banditReward: 1 } });
    expect(report.picksByCategory).toEqual([
      { category: 'all', picks: { 'rm-sum': 1 } },
      { category: 'sum', picks: { 'rm-sum': 1, 'rm-sort': 1 } },
    ]);
  });

  it('an ensemble: nothing is chosen and nothing is saved', () => {
    const scoring = ['rm-sum', 'rm-sort'].map((id) => scored(id, 480));
    const round = { ...first, decisions: [], outcomes: [], scoring, banditReward: null, rawReward: null };
    const report = buildCampaignReport({ ...inputs, rounds: [round] });
    expect(report.calls).toEqual({ made: 960, ensemble: 960, saved: 0 });
    expect(report.picksByCategory).toEqual([]);
    expect(report.rewardModels.map(({ pickShare }) => pickShare)).toEqual([null, null, null, null, null]);
    expect(sum(report.rewardModels.map(({ generatedTokens }) => generatedTokens))).toBeCloseTo(first.generatedTokens);
  });

  it('a masked reward model could not have been asked; one that is gone is still listed', () => {
    const arms = decision.arms.map((arm) => ({ ...arm, available: arm.armId !== 'rm-noise' }));
    const round = { ...first, decisions: [{ ...decision, arms }] };
    const gone = inputs.rewardModels.filter(({ id }) => id !== decision.rewardModelId);
    const report = buildCampaignReport({ ...inputs, rounds: [round], rewardModels: gone });
    expect(report.calls.ensemble).toBe(4 * report.calls.made);
    expect(report.rewardModels.at(-1)).toMatchObject({ rewardModelId: decision.rewardModelId, status: 'removed' });
  });
});

test('a campaign that has only begun has a report too', () => {
  const report = buildCampaignReport({
    ...madeUpCampaign(),
    ...{ status: 'preparing', endedAt: null, rounds: [], evaluations: [], compared: null, events: [] },
  });
  expect(report).toMatchObject({
    accuracy: { policies: [], paired: null },
    calls: { made: 0, ensemble: 0, saved: 0 },
    cost: { elapsedSeconds: 569, stepSeconds: {} },
  });
});

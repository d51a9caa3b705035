import { valueOfAlways } from '../../algorithm';
import { buildCampaignReport, renderMarkdown, type ReportInputs } from '../../report';
import { valueRewardModels } from '../../report/build/value-reward-models';
import { madeUpCampaign } from './made-up-campaign';

const title = 'What always asking one RM would have been worth';
const textOf = (inputs: ReportInputs) =>
  renderMarkdown(buildCampaignReport(inputs)).replaceAll('\u00a0', ' ').replaceAll('\\', '').replace(/\s+/g, ' ');

describe('with exploration', () => {
  const inputs = madeUpCampaign({ iterations: 4, roundsPerIteration: 60, exploration: 0.3, heldOut: 8 });
  const offPolicy = valueRewardModels(inputs);

  it('every reward model has the SNIPW and DR estimates of the log, with intervals', () => {
    const log = inputs.rounds.map(({ decisions: [decision], outcomes: [outcome] }) => ({
      context: inputs.contexts.get(decision!.context!)!,
      arm: decision!.rewardModelId,
      propensity: decision!.propensity,
      reward: outcome!.reward,
    }));
    expect(offPolicy).toMatchObject({ exploration: 0.3, choices: 240, choicesLeftOut: 0 });
    expect(offPolicy!.values).toHaveLength(5);
    for (const value of offPolicy!.values) {
      const { snipw, doublyRobust } = valueOfAlways(log, value.rewardModelId) as {
        snipw: object;
        doublyRobust: object;
      };
      expect(value).toMatchObject({ status: 'estimated', snipw, doublyRobust });
    }
  });

  it('the campaign’s own choices are worth more than always asking the one that is right for nothing', () => {
    const noise = offPolicy!.values.find(({ rewardModelId }) => rewardModelId === 'rm-noise')!;
    expect(noise).toMatchObject({ doublyRobust: { high: expect.any(Number) } });
    expect((noise as { doublyRobust: { high: number } }).doublyRobust.high).toBeLessThan(offPolicy!.logged!);
  });

  it('the report says so', () => {
    const text = textOf(inputs);
    expect(text).toContain(title);
    expect(text).toContain('with the propensities that were logged (ε = 0.300)');
    expect(text).toMatch(/rm-noise.{0,200}\d\.\d{3} \[.?\d\.\d{3}, \d\.\d{3}\]/);
  });

  it('choices in which a reward model was masked say nothing of it', () => {
    const rounds = inputs.rounds.map((round, index) => ({
      ...round,
      decisions: round.decisions.map((decision) => ({
        ...decision,
        arms: decision.arms.map((arm) => ({ ...arm, available: arm.armId !== 'rm-sum' || index >= 120 })),
      })),
    }));
    const masked = valueRewardModels({ ...inputs, rounds });
    const later = valueRewardModels({ ...inputs, rounds: inputs.rounds.slice(120) });
    const of = (report: typeof masked, id: string) => report!.values.find((value) => value.rewardModelId === id);
    expect(of(masked, 'rm-sum')).toEqual(of(later, 'rm-sum'));
    expect(of(masked, 'rm-sort')).not.toEqual(of(later, 'rm-sort'));
  });
});

test('without exploration it says that the values are not identifiable, and why', () => {
  const inputs = madeUpCampaign({ heldOut: 8 });
  const offPolicy = valueRewardModels(inputs);
  expect(new Set(offPolicy!.values.map(({ status }) => status))).toEqual(new Set(['notIdentifiable']));
  expect(textOf(inputs)).toMatch(/not identifiable from this campaign.*Set selection\.exploration/);
});

test('of very many choices the newest are looked at, and the report counts the others', () => {
  const inputs = madeUpCampaign({ iterations: 1, roundsPerIteration: 21, exploration: 0.5, heldOut: 8 });
  const rounds = Array.from({ length: 100 }, () => inputs.rounds).flat();
  expect(valueRewardModels({ ...inputs, rounds })).toMatchObject({ choices: 2000, choicesLeftOut: 100 });
});

test('where all reward models are asked there is no such section', () => {
  const inputs = madeUpCampaign({ heldOut: 8 });
  const campaign = { ...inputs.campaign, selection: { type: 'scoreEnsemble' as const } };
  expect(valueRewardModels({ ...inputs, campaign })).toBeNull();
  expect(textOf({ ...inputs, campaign })).not.toContain(title);
});

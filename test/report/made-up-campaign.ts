import {
  createQuantileNormaliser,
  deriveSeed,
  linUcb,
  normaliseReward,
  seededRandom,
  withExploration,
  type Random,
} from '../../algorithm';
import { canonicalJson, sha256 } from '../../artifact-store';
import type { ArtifactRef } from '../../contract/artifact';
import type { CampaignEvent } from '../../contract/campaign-event';
import type { ResolvedCampaign } from '../../contract/campaign-run';
import type { RoundRecord } from '../../contract/round-record';
import type { PolicyOutcomes, ReportInputs } from '../../report';
import { campaign as smallCampaign } from '../workflows/workflow-world';
import { scoreRound } from './made-up-scores';

export interface MadeUp {
  iterations?: number;
  roundsPerIteration?: number;
  rewardModelIds?: string[];
  categories?: string[];
  /** Rounds of the whole campaign that gave no pairs. */
  withoutPairs?: (number: number) => boolean;
  heldOut?: number;
  /** ε of the bandit. */
  exploration?: number;
  seed?: number;
}

const start = Date.parse('2026-11-24T08:00:00.000Z');
const prompts = 16;
const completionsPerPrompt = 30;

export function refOf(value: unknown): ArtifactRef {
  const text = canonicalJson(value);
  return { sha256: sha256(text), bytes: text.length, mediaType: 'application/json' };
}

/**
 * Test data: a campaign that never ran, with a real bandit in it. Each category has one reward model that is right for
 * it, the last one is right for none; the bandit's estimates, picks and rewards belong together, and all else is drawn
 * from the seed.
 */
export function madeUpCampaign(options: MadeUp = {}): ReportInputs {
  const { iterations = 3, roundsPerIteration = 24, seed = 7, heldOut = 400, exploration = 0 } = options;
  const categories = options.categories ?? ['product', 'reverse', 'sort', 'sum'];
  const ids = options.rewardModelIds ?? ['rm-product', 'rm-reverse', 'rm-sort', 'rm-sum', 'rm-noise'];
  const random = seededRandom(deriveSeed(seed, 'made up'));
  const rounds: RoundRecord[] = [];
  const contexts = new Map<string, number[]>();
  const explorer = withExploration(linUcb, exploration);
  let bandit = linUcb.create({ alpha: 1, ridge: 1 }, ids);
  let normaliser = createQuantileNormaliser({ lowQuantile: 0.2, highQuantile: 0.8 });

  for (let number = 1; number <= iterations * roundsPerIteration; number += 1) {
    const iteration = Math.ceil(number / roundsPerIteration);
    const place = (number - 1) % categories.length;
    const context = [...categories.map((_, index) => Number(index === place) + 0.2 * random.normal()), 1];
    contexts.set(refOf(context).sha256, context);
    const decision = explorer.selectArm(bandit, context, { random });
    const isRight = ids.indexOf(decision.arm) === place;
    const trained = options.withoutPairs?.(number) !== true;
    const progress = ((number - 1) % roundsPerIteration) / roundsPerIteration;
    const training = trained ? trainingOf(random, isRight, progress) : null;
    let paid: number | null = null;
    if (training) {
      const rewarded = normaliseReward(normaliser, (isRight ? 0.5 : 0) + 0.15 * random.normal());
      normaliser = rewarded.state;
      paid = rewarded.banditReward;
      bandit = linUcb.update(bandit, { arm: decision.arm, context, reward: paid, propensity: decision.propensity });
    }
    rounds.push({
      iteration,
      round: ((number - 1) % roundsPerIteration) + 1,
      category: categories.length > 1 ? (categories[place] ?? null) : null,
      decisions: [
        {
          scope: null,
          context: refOf(context).sha256,
          rewardModelId: decision.arm,
          propensity: decision.propensity,
          arms: decision.arms.map(({ arm, score, mean, width, propensity, available }) => ({
            armId: arm,
            ...{ score, mean, width, propensity, available },
          })),
        },
      ],
      outcomes: trained && paid !== null ? [{ scope: null, rawReward: normaliser.history.at(-1)!, reward: paid }] : [],
      completions: refOf(['completions', number]),
      scoring: [scoreRound(random, decision.arm, ids.indexOf(decision.arm), prompts * completionsPerPrompt)],
      pairs: trained ? refOf(['pairs', number]) : null,
      pairCount: trained ? prompts * 10 : 0,
      promptsWithoutPairs: trained ? {} : { allTied: prompts },
      completionsLeftOut: { duplicate: random.nextInt(40) },
      generatedTokens: 9000 + random.nextInt(2000),
      training,
      adapter: trained ? refOf(['adapter', number]) : null,
      rawReward: trained ? (normaliser.history.at(-1) ?? null) : null,
      banditReward: paid,
      seconds: {
        embed: 0.2 + 0.1 * random.nextFloat(),
        generate: 3 + random.nextFloat(),
        score: 1.1,
        ...(trained && { train: 2.4 }),
      },
      reusedSteps: 0,
    });
  }
  return inputsOf(rounds, { iterations, roundsPerIteration, ids, categories, heldOut, seed, exploration, contexts });
}

function trainingOf(random: Random, isRight: boolean, progress: number): NonNullable<RoundRecord['training']> {
  const preferenceLoss = Math.LN2 - (isRight ? 0.25 : 0.08) * progress + 0.02 * random.normal();
  const nllLoss = 0.9 - 0.2 * progress + 0.03 * random.normal();
  const [chosen, rejected] = [0.1 * progress + 0.02 * random.normal(), -0.4 * progress + 0.03 * random.normal()];
  return {
    loss: preferenceLoss + nllLoss,
    preferenceLoss,
    nllLoss,
    rewardsChosen: chosen,
    rewardsRejected: rejected,
    rewardsMargins: chosen - rejected,
    rewardsAccuracies: Math.min(1, 0.5 + 0.35 * progress + 0.04 * random.nextFloat()),
    logpsChosen: -14,
    logpsRejected: -17,
    gradNorm: 0.6 + 0.4 * random.nextFloat() + (random.nextFloat() < 0.05 ? 1.5 : 0),
    tokens: 5200,
    pairs: prompts * 10,
    optimizerSteps: 10,
  };
}

interface Shape {
  iterations: number;
  roundsPerIteration: number;
  ids: string[];
  categories: string[];
  heldOut: number;
  seed: number;
  exploration: number;
  contexts: Map<string, number[]>;
}

function inputsOf(rounds: RoundRecord[], shape: Shape): ReportInputs {
  const { iterations, roundsPerIteration, ids, seed } = shape;
  const measured = Array.from({ length: iterations + 1 }, (_, iteration) => outcomesOf(iteration, shape));
  const campaign: ResolvedCampaign = {
    ...smallCampaign,
    ...{ name: 'made-up', seed, iterations, roundsPerIteration, promptBatchSize: prompts },
    selection: { ...smallCampaign.selection, exploration: shape.exploration } as ResolvedCampaign['selection'],
    sampling: { ...smallCampaign.sampling, completionsPerPrompt },
    rewardModels: ids.map((id) => ({
      ...smallCampaign.rewardModels[0]!,
      id,
      servedModel: id,
      revision: refOf(id).sha256,
    })),
  };
  const end = start + 1000 * (60 + 7 * rounds.length);
  return {
    campaignId: 'made-up',
    workflowId: 'laser-made-up',
    madeAt: new Date(end + 5000).toISOString(),
    status: 'finished',
    startedAt: new Date(start).toISOString(),
    endedAt: new Date(end).toISOString(),
    expectedEnd: null,
    failure: null,
    notes: [],
    campaign,
    iterationsDone: iterations,
    categoryOfPrompt: {},
    rounds,
    contexts: shape.contexts,
    events: eventsOf(iterations, end),
    evaluations: measured.map(({ iteration, outcomes }) => ({
      iteration,
      outcomes: refOf(outcomes),
      byCategory: shape.categories.map((category) => {
        const own = outcomes.filter((outcome) => outcome.category === category);
        return { category, correct: own.filter(({ points }) => points === 1).length, total: own.length };
      }),
      seconds: 4,
    })),
    compared: { first: measured[0]!, last: measured.at(-1)! },
    rewardModels: ids.map((id) => ({ id, kind: 'classify', status: 'active' })),
    retries: [],
    workflowTaskFaults: 0,
    lineage: {
      continuesFrom: null,
      policies: measured.map(({ iteration }) => ({
        iteration,
        adapter: iteration === 0 ? null : refOf(['adapter of', iteration]),
        fingerprint: refOf(['fingerprint of', iteration]),
      })),
      banditLog: refOf('bandit'),
      roundLog: refOf('rounds'),
      eventLog: refOf('events'),
      checkpoints: refOf('checkpoints'),
    },
    configuration: sha256(canonicalJson(campaign)),
  };
}

function outcomesOf(iteration: number, { categories, heldOut, seed, iterations }: Shape): PolicyOutcomes {
  const share = 0.3 + (0.35 * iteration) / Math.max(1, iterations);
  return {
    iteration,
    measure: 'accuracy',
    outcomes: Array.from({ length: heldOut }, (_, index) => {
      const category = categories[index % categories.length] ?? 'all';
      // One draw a prompt for all policies: what an earlier one knew, a later one mostly knows.
      const draw = seededRandom(deriveSeed(seed, 'prompt', index)).nextFloat();
      const noise = seededRandom(deriveSeed(seed, 'answer', index, iteration)).nextFloat();
      return { promptId: `p${index}`, category, points: Number(0.8 * draw + 0.2 * noise < share) };
    }),
  };
}

function eventsOf(iterations: number, end: number): CampaignEvent[] {
  const at = (share: number) => new Date(start + share * (end - start)).toISOString();
  const none = { by: null, why: null };
  return [
    { at: at(0), type: 'started', iteration: 0, ...none, message: `Began with ${iterations} iterations.` },
    {
      at: at(0.3),
      type: 'paused',
      iteration: 1,
      by: 'ada',
      why: 'the RM server is moved',
      message: 'Paused at the edge of a round.',
    },
    { at: at(0.4), type: 'resumed', iteration: 1, by: 'ada', why: null, message: 'Went on.' },
    { at: at(1), type: 'finished', iteration: iterations, ...none, message: 'Finished.' },
  ];
}

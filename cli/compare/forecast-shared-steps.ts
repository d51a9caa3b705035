import { canonicalJson, sha256 } from '../../artifact-store';
import type { SharedSteps } from '../../contract/cli-output/comparison';
import type { ResolvedCampaign } from '../../contract/campaign-run';
import { fitsContexts, granularityOf, scalingOf } from '../../contract/selection-needs';

interface PlannedStep {
  step: string;
  /** Steps with the same inputs are done once. null: it follows a choice or a training step, so nobody can say yet. */
  inputs: unknown;
  times: number;
}

/**
 * How often each step will be asked for, and how many of these have the same inputs whatever is chosen: what comes before
 * the first iteration, and the prompts, contexts and completions of the first. What else agrees is shared too.
 */
export function forecastSharedSteps(campaigns: readonly ResolvedCampaign[]): SharedSteps[] {
  const rows = new Map<string, { asked: number; foreseen: number; different: Map<string, number> }>();
  for (const { step, inputs, times } of campaigns.flatMap(plannedSteps)) {
    const row = rows.get(step) ?? { asked: 0, foreseen: 0, different: new Map<string, number>() };
    rows.set(step, row);
    row.asked += times;
    if (inputs === null) continue;
    row.foreseen += times;
    row.different.set(sha256(canonicalJson(inputs)), times);
  }
  return [...rows].map(([step, { asked, foreseen, different }]) => {
    const done = [...different.values()].reduce((sum, times) => sum + times, 0);
    return { step, asked, shared: foreseen - done };
  });
}

function plannedSteps(campaign: ResolvedCampaign): PlannedStep[] {
  const { seed, iterations, roundsPerIteration: rounds, promptBatchSize, batching, selection, sampling } = campaign;
  const { trainPrompts, heldOutPrompts, evaluation, lora } = campaign;
  const { baseModel, promptFormat } = campaign.serving;
  const policy = [baseModel.revision, promptFormat];
  const drawn = [seed, trainPrompts, rounds, promptBatchSize, batching];
  const scaling = scalingOf(selection);
  const { everyIterations, ...measuring } = evaluation;
  const later = (iterations - 1) * rounds;
  const draws = Array.from({ length: iterations }, (_, iteration) => ({ inputs: [drawn, iteration], times: 1 }));
  return [
    { step: 'drawProbes', inputs: [heldOutPrompts, policy], times: 1 },
    { step: 'fingerprintPolicy', inputs: [heldOutPrompts, policy, lora], times: 1 },
    { step: 'fingerprintPolicy', inputs: null, times: iterations },
    { step: 'evaluatePolicy', inputs: [heldOutPrompts, policy, measuring], times: 1 },
    { step: 'evaluatePolicy', inputs: null, times: Math.ceil(iterations / everyIterations) },
    ...(fitsContexts(selection) ? [{ step: 'fitContextScaling', inputs: [trainPrompts, policy], times: 1 }] : []),
    ...draws.map((draw) => ({ step: 'drawPromptBatches', ...draw })),
    { step: 'embedPrompts', inputs: [drawn, policy, scaling, granularityOf(selection)], times: rounds },
    { step: 'embedPrompts', inputs: null, times: later },
    { step: 'generateCompletions', inputs: [drawn, policy, sampling], times: rounds },
    { step: 'generateCompletions', inputs: null, times: later },
    { step: 'trainPolicy', inputs: null, times: iterations * rounds },
  ];
}

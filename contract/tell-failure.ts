import type { CampaignFailure } from './campaign-failure';
import { failures, type FailureMeaning } from './failures';

/** What a step is called in a sentence, by its name in the activity id. */
const doing: Record<string, string> = {
  'draw-probes': 'drawing the probes',
  'fit-context-scaling': 'fitting the scale of contexts',
  'draw-prompt-batches': 'drawing the prompts of its rounds',
  'plan-chunks': 'measuring the prompts',
  embed: 'embedding the prompts',
  generate: 'generating completions',
  score: 'scoring',
  train: 'training',
  fingerprint: 'computing the fingerprint of the policy',
  publish: 'publishing the policy',
  evaluate: 'measuring the policy',
};

/** What runs: a campaign (a comparison of them too), or the answering of prompts. */
export type FailedKind = 'Campaign' | 'Best-of-n';

/** One paragraph: what failed and where, why, what was tried, and what to do. */
export function tellFailure(id: string, failure: CampaignFailure, kind: FailedKind = 'Campaign'): string {
  const { type, message, whatToDo } = failure;
  return [
    `${kind} ${id} failed${where(failure, kind)}: ${message === '' ? 'no reason was given' : message} (${type}).`,
    ...tried(failure),
    `What to do: ${whatToDo}`,
    'Every finished step is kept: run the same command again, and it goes on at the step that failed.',
  ].join(' ');
}

function where({ step, iteration, round, rewardModelId, chunk }: CampaignFailure, kind: FailedKind): string {
  const places = [
    ...(chunk ? [`in ${chunk.number === null ? '' : `chunk ${chunk.number} of `}the ${chunk.split} prompts`] : []),
    ...(iteration === null || kind === 'Best-of-n'
      ? []
      : [iteration === 0 ? 'before iteration 1' : `in iteration ${iteration}`]),
    ...(round === null ? [] : [`round ${round}`]),
    ...(step === null ? [] : [doing[step] === undefined ? `at ${step}` : `while ${doing[step]}`]),
  ];
  const asked = rewardModelId === null ? '' : ` with ${rewardModelId}`;
  return places.length === 0 ? '' : ` ${places.join(', ')}${asked}`;
}

function tried({ type, attempts, seconds }: CampaignFailure): string[] {
  if (attempts === null) return [];
  const permanent = (failures as Record<string, FailureMeaning>)[type]?.triedAgain === 'never';
  if (attempts === 1) return [permanent ? 'It was tried once: trying again cannot mend it.' : 'It was tried once.'];
  return [`It was tried ${attempts} times${seconds === null ? '' : ` over ${duration(seconds)}`}.`];
}

function duration(seconds: number): string {
  if (seconds < 100) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 100 * 60 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

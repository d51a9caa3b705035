import type { ConfigurationDifference, StepForecast } from '../../contract/configuration-change';

type Fate = StepForecast['first'];

/** The steps that are no part of a round: their first is of policy 0, their later ones of the policies after. */
const ofPolicies = new Set(['fingerprintPolicy', 'evaluatePolicy']);
const onceOnly = new Set(['drawProbes', 'fitContextScaling', 'embedLabelled', 'scoreLabelled', 'learnSelection']);
const longestValue = 60;

/** What changed since the newest run, and which steps that leaves to do: lines for a terminal. */
export function describeDifference({ campaignId, newestRun, changes, steps }: ConfigurationDifference): string[] {
  if (newestRun === null)
    return [`Campaign ${campaignId} has no earlier run: every step is new, unless another campaign did it.`];
  const run = `run of ${newestRun.started.slice(0, 16).replace('T', ' ')} UTC (${newestRun.status.toLowerCase()})`;
  if (changes.length === 0) {
    return [`Campaign ${campaignId}: the same configuration as in its ${run}; every finished step is used again.`];
  }
  const width = Math.max(...changes.map(({ key }) => key.length));
  const rows = changes.map(({ key, from, to }) => `  ${key.padEnd(width)}  ${shown(from)} → ${shown(to)}`);
  const again = places(steps, 'again');
  const maybe = places(steps, 'whereInputDiffers');
  return [
    `Campaign ${campaignId} has another configuration than its ${run}:`,
    ...rows,
    again === '' && maybe === '' ? 'No finished step is done again.' : '',
    again === '' ? '' : `Done again: ${again}.`,
    maybe === '' ? '' : `Done again where the input comes out different: ${maybe}.`,
    again === '' && maybe === '' ? '' : `Used again: ${places(steps, 'reused') || 'nothing'}.`,
  ].filter((line) => line !== '');
}

function places(steps: readonly StepForecast[], fate: Fate): string {
  return steps.flatMap((step) => placeOf(step, fate)).join(', ');
}

function placeOf({ step, first, later }: StepForecast, fate: Fate): string[] {
  if (first === later || onceOnly.has(step)) return first === fate ? [step] : [];
  const [start, rest] = ofPolicies.has(step)
    ? ['of policy 0', 'of policies after 0']
    : ['of iteration 1', 'from iteration 2'];
  if (first === fate) return [`${step} ${start}`];
  return later === fate ? [`${step} ${rest}`] : [];
}

function shown(value: ConfigurationDifference['changes'][number]['from']): string {
  if (value === null) return '(absent)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (/^[0-9a-f]{64}$/.test(text)) return text.slice(0, 12);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

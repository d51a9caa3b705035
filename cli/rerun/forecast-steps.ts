import type { ConfigurationChange, StepForecast } from '../../contract/configuration-change';

/*
 * Which recorded results a changed configuration leaves of use. A step is re-used where all that enters its key is the
 * same (`inputs` of runStep in activities/, training_inputs in Python): `readers` says which keys of the campaign file
 * enter which keys, `flows` what a step passes on. select, pair and reward are no recorded steps, but pass changes on.
 */
const recorded = [
  ...['drawProbes', 'fitContextScaling', 'embedLabelled', 'scoreLabelled', 'learnSelection'],
  ...['drawPromptBatches', 'embedPrompts', 'generateCompletions'],
  ...['scoreCompletions', 'trainPolicy', 'fingerprintPolicy', 'evaluatePolicy'],
] as const;
/** What is learned of labelled preferences before the first round. */
const beforehand: ReadonlySet<string> = new Set(['embedLabelled', 'scoreLabelled', 'learnSelection']);
type Step = (typeof recorded)[number] | 'select' | 'pair' | 'reward';
type Level = 0 | 1 | 2;
const levels = ['reused', 'whereInputDiffers', 'again'] as const;

const weights: Step[] = [
  ...(['drawProbes', 'fitContextScaling', 'embedLabelled', 'embedPrompts', 'generateCompletions'] as const),
  ...(['trainPolicy', 'fingerprintPolicy', 'evaluatePolicy'] as const),
];
/** Where a reward model is served and how many requests it gets does not enter the key (activities/scorers/score-determinants.ts). */
const scoreDeterminant =
  /^rewardModels\.[^.]+\.(?!(server|servedModel|model|maxConcurrentRequests|maxItemsPerRequest)$|reference\.(?!revision$))/;

const readers: [RegExp, Step[], Level?][] = [
  [/^seed$/, ['drawPromptBatches', 'generateCompletions', 'select', 'pair', 'trainPolicy']],
  [/^(roundsPerIteration|promptBatchSize|data\.batching)$/, ['drawPromptBatches']],
  [/^data\.train$/, ['drawPromptBatches', 'fitContextScaling']],
  [/^data\.heldOut$/, ['drawProbes', 'evaluatePolicy']],
  [/^policy\.(model|lora\.)/, ['trainPolicy', 'fingerprintPolicy']],
  [/^policy\.revision$/, weights],
  [
    /^policy\.promptFormat$/,
    ['fitContextScaling', 'embedLabelled', 'embedPrompts', 'generateCompletions', 'evaluatePolicy'],
  ],
  [/^sampling\./, ['generateCompletions']],
  [/^pairing\./, ['pair']],
  [/^training\./, ['trainPolicy']],
  [/^banditReward\./, ['reward']],
  [/^selection\.contextScaling$/, ['embedPrompts', 'embedLabelled', 'select']],
  [/^selection\.granularity$/, ['embedPrompts', 'select']],
  [/^selection\.labelled$/, ['embedLabelled', 'scoreLabelled']],
  [/^selection\.(type|l2|(bandit\.)?prior\.(l2|precision|ridge))$/, ['learnSelection', 'select']],
  [/^selection\./, ['select']],
  [/^evaluation\.(maxTokens|stop|answerPattern|type|temperature|baseline|judge\..*)$/, ['evaluatePolicy']],
  // The scores of the other reward models stay; and one that came or went changes what is picked.
  [scoreDeterminant, ['scoreCompletions', 'scoreLabelled', 'select'], 1],
];

/** From, to, and how much of a change arrives: 1 where the step's output may come out the same. */
const withinIteration: [Step, Step, Level][] = [
  ['drawProbes', 'fingerprintPolicy', 2],
  ['fitContextScaling', 'embedPrompts', 2],
  ['fitContextScaling', 'embedLabelled', 2],
  ['embedLabelled', 'learnSelection', 2],
  ['scoreLabelled', 'learnSelection', 2],
  ['learnSelection', 'select', 1],
  ['drawPromptBatches', 'embedPrompts', 1],
  ['drawPromptBatches', 'generateCompletions', 1],
  ['embedPrompts', 'select', 1],
  ['generateCompletions', 'scoreCompletions', 2],
  ['select', 'scoreCompletions', 1],
  ['scoreCompletions', 'pair', 2],
  ['pair', 'trainPolicy', 2],
  ['trainPolicy', 'reward', 2],
  ['reward', 'select', 1],
];
const ofTheNewPolicy: Step[] = [
  ...(['embedPrompts', 'generateCompletions', 'trainPolicy', 'fingerprintPolicy', 'evaluatePolicy'] as const),
];
const flows: [string, string, Level][] = [
  ...withinIteration.flatMap(([from, to, most]): [string, string, Level][] => [
    [`first ${from}`, `first ${to}`, most],
    [`later ${from}`, `later ${to}`, most],
  ]),
  ...ofTheNewPolicy.map((to): [string, string, Level] => ['first trainPolicy', `later ${to}`, 2]),
  // The bandit of later iterations has seen what the first one gave.
  ['first reward', 'later select', 1],
];

/**
 * What becomes of each recorded step when these keys change.
 * @param rewardFromAnswers the bandit reward is made of verified answers, so it reads evaluation.answerPattern.
 * @param learnsBeforehand the selection learns from labelled preferences; else there are no such steps.
 */
export function forecastSteps(
  changes: readonly ConfigurationChange[],
  { rewardFromAnswers, learnsBeforehand }: { rewardFromAnswers: boolean; learnsBeforehand: boolean },
): StepForecast[] {
  const reached = new Map<string, Level>();
  const at = (node: string): Level => reached.get(node) ?? 0;
  for (const { key } of changes) {
    const [, steps, level = 2] = readers.find(([pattern]) => pattern.test(key)) ?? [null, []];
    const further: Step[] = rewardFromAnswers && key === 'evaluation.answerPattern' ? ['reward'] : [];
    for (const step of [...steps, ...further]) {
      for (const node of [`first ${step}`, `later ${step}`]) reached.set(node, level > at(node) ? level : at(node));
    }
  }
  for (let settled = false; !settled;) {
    settled = true;
    for (const [from, to, most] of flows) {
      const arriving = at(from) < most ? at(from) : most;
      if (arriving <= at(to)) continue;
      reached.set(to, arriving);
      settled = false;
    }
  }
  const steps = recorded.filter((step) => learnsBeforehand || !beforehand.has(step));
  return steps.map((step) => ({
    step,
    first: levels[at(`first ${step}`)],
    later: levels[at(`later ${step}`)],
  }));
}

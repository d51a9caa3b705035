import {
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  setHandler,
  TemporalFailure,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { BestOfNInput, BestOfNOutcome, BestOfNPhase, BestOfNState } from '../contract/best-of-n-run';
import type { PromptSplit } from '../contract/prompt-split';
import { readFailure } from '../contract/read-failure';
import { tellFailure } from '../contract/tell-failure';
import { control } from './activity-proxies';
import { answerChunk, prepareChunk } from './chunk';
import { addChunk } from './chunk-totals';
import { describeBestOfN } from './describe-best-of-n';
import { installStop } from './install-stop';
import { bestOfNStateQuery } from './messages';
import { prepareBestOfN } from './prepare-best-of-n';
import { Prefetcher } from './prefetcher';
import { searchAttributes } from './search-attributes';
import { toldFailure } from './told-failure';

/** Best-of-n at inference: the bandit learns on prompts with answers, if there are any, and then picks for the test prompts. */
export async function bestOfNWorkflow(input: BestOfNInput): Promise<BestOfNOutcome> {
  try {
    return await answerPrompts(input);
  } catch (error) {
    if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
    const failure = readFailure(error, input.bestOfN.durability.steps);
    throw toldFailure(tellFailure(input.bestOfNId, failure, 'Best-of-n'), failure, error);
  }
}

async function answerPrompts(input: BestOfNInput): Promise<BestOfNOutcome> {
  const { bestOfNId, bestOfN, searchable } = input;
  const { durability, learning, metric, seed, selection, sampling } = bestOfN;
  let phase: BestOfNPhase = 'preparing';
  let progress = input.progress ?? null;
  let chunksOfRun = 0;
  setHandler(bestOfNStateQuery, state);
  const stop = installStop({
    name: `Best-of-n ${bestOfNId}`,
    isOver: () => phase === 'finished' || phase === 'stopped',
    stop: () => 'stops after the chunk under way; run again, it goes on there.',
    description: 'Stop after the chunk under way and measure what is answered',
  });

  enter('preparing');
  progress ??= await prepareBestOfN(input);
  if (progress.plans.learn) {
    enter('learning');
    await answerSplit('learn', true);
  }
  enter('testing');
  await answerSplit('test', learning.fromTest);
  enter('assembling');
  const { pickLog, banditLog, totals } = progress;
  const { result, lines } = await control({ activityId: 'assemble-best-of-n', summary: metric }).assembleBestOfN({
    ...{ name: bestOfNId, selection: selection.type, completionsPerPrompt: sampling.completionsPerPrompt },
    ...{ metric, seed, pickLog, learn: totals.learn ?? null, test: totals.test },
  });
  const status = stop.requested ? 'stopped' : 'finished';
  enter(status);
  await condition(allHandlersFinished);
  return { status, result, lines, banditLog, state: state() };

  /** Chunk after chunk; later ones are embedded and generated while earlier ones are scored, as no choice changes that. */
  async function answerSplit(split: PromptSplit, learns: boolean): Promise<void> {
    const { ofChunks, chunks } = progress!.totals[split]!;
    const plan = progress!.plans[split]!;
    const { policy, contextScaling } = progress!;
    const lastOfRun = Math.min(ofChunks, chunks + durability.roundsPerRun - chunksOfRun);
    const prefetcher = new Prefetcher(
      (chunk) => prepareChunk({ input, split, plan, chunk, policy, contextScaling }),
      () => durability.prefetchRounds,
      lastOfRun,
    );
    for (let chunk = chunks + 1; chunk <= ofChunks && !stop.requested; chunk += 1) {
      if (chunk > lastOfRun || workflowInfo().continueAsNewSuggested) {
        await prefetcher.drain();
        await condition(allHandlersFinished);
        if (stop.requested) return;
        await continueAsNew<typeof bestOfNWorkflow>({ ...input, progress: progress! });
      }
      const { banditLog, pickLog } = progress!;
      const place = { input, split, plan, chunk, policy, contextScaling };
      const answered = await answerChunk(place, await prefetcher.take(chunk), { banditLog, pickLog }, learns);
      chunksOfRun += 1;
      const totals = { ...progress!.totals, [split]: addChunk(progress!.totals[split]!, answered.summary) };
      progress = { ...progress!, ...answered.state, totals };
      show();
    }
    await prefetcher.drain();
  }

  function state(): BestOfNState {
    const { learn = null, test = null } = progress?.totals ?? {};
    return { bestOfNId, phase, metric, learn, test };
  }

  function enter(next: BestOfNPhase): void {
    phase = next;
    show();
    if (searchable) upsertSearchAttributes([{ key: searchAttributes.phase, value: phase }]);
  }

  function show(): void {
    setCurrentDetails(describeBestOfN(state()));
  }
}

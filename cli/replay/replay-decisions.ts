import { askOracle } from '../../activities/ask-oracle';
import { chooseArm, type ArmChoice } from '../../activities/choose-arm';
import { readContext, recallBandit, type RecalledBandit } from '../../activities/recall-bandit';
import { scheduledState } from '../../activities/scheduled-state';
import { deriveSeed } from '../../algorithm';
import { readLinks, type ArtifactStore } from '../../artifact-store';
import type { ArtifactRef } from '../../contract/artifact';
import { banditLogLink, type BanditLogEntry } from '../../contract/bandit-log';
import type { ReplayOutput } from '../../contract/cli-output/inspection';
import { promptOfPairScope } from '../../contract/pair-scope';
import { promptCompletions } from '../../contract/round';
import type { RoundRecord } from '../../contract/round-record';
import { differencesOf } from './differences-of';

interface Link {
  ref: ArtifactRef;
  entries: BanditLogEntry[];
}

/**
 * Decides every round again from what the bandit’s log held before it: same state, same context, same chance.
 * @param rounds oldest first.
 */
export async function replayDecisions(
  store: ArtifactStore,
  newest: ArtifactRef,
  rounds: readonly RoundRecord[],
): Promise<Pick<ReplayOutput, 'decisions' | 'differences'>> {
  const links = await linksOf(store, newest);
  const differences: ReplayOutput['differences'] = [];
  let decisions = 0;
  let head = 0;
  for (const [roundsBefore, round] of rounds.entries()) {
    while (links[head + 1]?.entries.every((entry) => isBefore(entry, round)) === true) head += 1;
    const known = await recallBandit(store, links[head]!.ref);
    const places = await placesOf(store, round);
    for (const [index, recorded] of round.decisions.entries()) {
      const recomputed = await decide(store, known, round, { index, roundsBefore, places });
      const { iteration, round: number } = round;
      const found = differencesOf(recorded, recomputed);
      differences.push(
        ...found.map((difference) => ({ iteration, round: number, scope: recorded.scope, ...difference })),
      );
      decisions += 1;
    }
  }
  return { decisions, differences };
}

interface Position {
  index: number;
  roundsBefore: number;
  /** Of the prompts in the round, by id. */
  places: ReadonlyMap<string, number>;
}

async function decide(
  store: ArtifactStore,
  known: RecalledBandit,
  { iteration, round, category: roundCategory, decisions }: RoundRecord,
  { index, roundsBefore, places }: Position,
): Promise<ArmChoice> {
  const { scope, category = scope ?? roundCategory, context } = decisions[index]!;
  const { seed, selection } = known.origin;
  const state = scheduledState(selection, known.state, roundsBefore);
  if (selection.type === 'oracle') {
    return askOracle({ selection, state, mask: known.mask, category });
  }
  const promptId = scope === null ? null : promptOfPairScope(scope);
  const stream =
    promptId === null
      ? scope === null
        ? []
        : [index]
      : [places.get(promptId)!, index - decisions.findIndex((one) => promptOfPairScope(one.scope ?? '') === promptId)];
  const values = context === null ? [] : await readContext(store, context);
  return chooseArm({ ...known, state }, values, deriveSeed(seed, 'select', iteration, round, ...stream));
}

/** Only choices for pairs hang on them. */
async function placesOf(store: ArtifactStore, { completions, decisions }: RoundRecord) {
  const isPaired = decisions.some(({ scope }) => scope !== null && promptOfPairScope(scope) !== null);
  const lines = isPaired ? await store.getJsonLines(completions, promptCompletions) : [];
  return new Map(lines.map(({ promptId }, place) => [promptId, place]));
}

/** Oldest first; the first one holds what the campaign began with. */
async function linksOf(store: ArtifactStore, newest: ArtifactRef): Promise<Link[]> {
  const links: Link[] = [];
  for await (const { ref, link } of readLinks(store, newest, banditLogLink))
    links.unshift({ ref, entries: link.entries });
  return links;
}

/** Whether the round’s choice was made knowing an entry: a change holds from its round on, an outcome from the next. */
function isBefore(entry: BanditLogEntry, { iteration, round }: RoundRecord): boolean {
  const at = entry.type === 'observation' ? entry.observation : entry;
  const order = at.iteration - iteration || at.round - round;
  return entry.type === 'change' ? order <= 0 : order < 0;
}

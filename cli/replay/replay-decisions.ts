import { readContext, recallBandit } from '../../activities/recall-bandit';
import { deriveSeed, seededRandom, type Decision } from '../../algorithm';
import type { ArtifactStore } from '../../artifact-store';
import type { ArtifactRef } from '../../contract/artifact';
import { banditLogLink, type BanditLogEntry } from '../../contract/bandit-log';
import type { ReplayOutput } from '../../contract/cli-output/inspection';
import type { ArmDecision, RoundRecord } from '../../contract/round-record';
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
  const links = await readLinks(store, newest);
  const differences: ReplayOutput['differences'] = [];
  let decisions = 0;
  let head = 0;
  for (const round of rounds) {
    while (links[head + 1]?.entries.every((entry) => isBefore(entry, round)) === true) head += 1;
    for (const [index, recorded] of round.decisions.entries()) {
      const recomputed = await decide(store, links[head]!.ref, round, recorded, index);
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

async function decide(
  store: ArtifactStore,
  log: ArtifactRef,
  { iteration, round }: RoundRecord,
  { scope, context }: ArmDecision,
  index: number,
): Promise<Decision> {
  const { origin, bandit, state, mask } = await recallBandit(store, log);
  const random = seededRandom(deriveSeed(origin.seed, 'select', iteration, round, ...(scope === null ? [] : [index])));
  return bandit.selectArm(state, context === null ? [] : await readContext(store, context), { random, mask });
}

/** Oldest first; the first one holds what the campaign began with. */
async function readLinks(store: ArtifactStore, newest: ArtifactRef): Promise<Link[]> {
  const links: Link[] = [];
  for (let ref: ArtifactRef | null = newest; ref !== null;) {
    const link: { previous: ArtifactRef | null; entries: BanditLogEntry[] } = await store.getJson(ref, banditLogLink);
    links.unshift({ ref, entries: link.entries });
    ref = link.previous;
  }
  return links;
}

/** Whether the round’s choice was made knowing an entry: a change holds from its round on, an outcome from the next. */
function isBefore(entry: BanditLogEntry, { iteration, round }: RoundRecord): boolean {
  const at = entry.type === 'observation' ? entry.observation : entry;
  const order = at.iteration - iteration || at.round - round;
  return entry.type === 'change' ? order <= 0 : order < 0;
}

import pLimit from 'p-limit';
import type { Bandit, BanditState, ContextVector } from '../algorithm';
import type { ArtifactStore } from '../artifact-store';
import type { ArtifactRef } from '../contract/artifact';
import type { BanditChange, BanditLogEntry } from '../contract/bandit-log';
import type { Selection } from '../contract/selection';
import { contextArtifact } from '../contract/round';
import { extendBanditLog, readLink } from './bandit-log';
import { banditOfSelection } from './bandit-of-selection';

export interface RecalledBandit {
  seed: number;
  selection: Selection;
  bandit: Bandit;
  state: BanditState;
  /** Arms that may not be chosen now. */
  mask: readonly string[];
}

const keptStates = 16;
const concurrentReads = 32;
const recalled = new Map<string, RecalledBandit>();

/**
 * The bandit as a log left it: every estimate is a fold over the log, so any worker can recompute it to the bit. The
 * worker that wrote the log still has the state and pays nothing; any other folds what came after the newest it knows.
 */
export async function recallBandit(store: ArtifactStore, head: ArtifactRef): Promise<RecalledBandit> {
  const newestFirst: BanditLogEntry[][] = [];
  for (let ref: ArtifactRef | null = head; ref !== null;) {
    const known = recalled.get(ref.sha256);
    if (known) return remember(head, await fold(store, known, newestFirst.reverse().flat()));
    const link: Awaited<ReturnType<typeof readLink>> = await readLink(store, ref);
    newestFirst.push(link.entries);
    if (link.origin) {
      const { seed, selection, arms } = link.origin;
      const { bandit, initialState: state } = banditOfSelection(selection, arms);
      const initial: RecalledBandit = { seed, selection, bandit, state, mask: [] };
      return remember(head, await fold(store, initial, newestFirst.reverse().flat()));
    }
    ref = link.previous;
  }
  throw new Error(`Bandit log ${head.sha256} has no beginning: its first link names no origin.`);
}

/** Adds entries; the new link is stored. Asked twice, it answers the same log. */
export async function extendBandit(
  store: ArtifactStore,
  head: ArtifactRef,
  entries: BanditLogEntry[],
): Promise<ArtifactRef> {
  if (entries.length === 0) return head;
  const extended = await fold(store, await recallBandit(store, head), entries);
  const ref = await extendBanditLog(store, head, entries);
  remember(ref, extended);
  return ref;
}

export async function readContext(store: ArtifactStore, sha256: string): Promise<ContextVector> {
  return (await store.getJson({ sha256 }, contextArtifact)).values;
}

async function fold(store: ArtifactStore, start: RecalledBandit, entries: BanditLogEntry[]): Promise<RecalledBandit> {
  const limit = pLimit(concurrentReads);
  const contexts = await Promise.all(
    entries.map((entry) =>
      entry.type === 'observation' ? limit(() => readContext(store, entry.observation.context)) : Promise.resolve([]),
    ),
  );
  return entries.reduce((known, entry, index): RecalledBandit => {
    if (entry.type === 'change') return change(known, entry.change);
    const { armId: arm, reward, propensity } = entry.observation;
    const context = contexts[index]!;
    return { ...known, state: known.bandit.update(known.state, { arm, reward, propensity, context }) };
  }, start);
}

function change(known: RecalledBandit, wanted: BanditChange): RecalledBandit {
  const { bandit, state, mask } = known;
  switch (wanted.type) {
    case 'alpha':
      return { ...known, state: { ...state, parameters: { ...(state.parameters as object), alpha: wanted.alpha } } };
    case 'addArm':
      return { ...known, state: bandit.addArm(state, wanted.armId) };
    case 'removeArm':
      return {
        ...known,
        state: bandit.removeArm(state, wanted.armId),
        mask: mask.filter((armId) => armId !== wanted.armId),
      };
    case 'maskArm':
      return { ...known, mask: [...mask, wanted.armId] };
    case 'unmaskArm':
      return { ...known, mask: mask.filter((armId) => armId !== wanted.armId) };
  }
}

function remember(ref: ArtifactRef, bandit: RecalledBandit): RecalledBandit {
  recalled.set(ref.sha256, bandit);
  const oldest = recalled.keys().next().value;
  if (recalled.size > keptStates && oldest !== undefined) recalled.delete(oldest);
  return bandit;
}

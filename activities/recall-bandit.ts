import pLimit from 'p-limit';
import type { Bandit, BanditState, ContextVector } from '../algorithm';
import { readLinks, type ArtifactStore } from '../artifact-store';
import type { ArtifactRef } from '../contract/artifact';
import { banditLogLink, type BanditChange, type BanditLogEntry, type BanditOrigin } from '../contract/bandit-log';
import { learnedSelection } from '../contract/learned-selection';
import { contextArtifact } from '../contract/round';
import { byEvidence, extendBanditLog, observationsOf } from './bandit-log';
import { banditOfSelection } from './bandit-of-selection';

export interface RecalledBandit {
  origin: BanditOrigin;
  bandit: Bandit;
  state: BanditState;
  /** Arms that may not be chosen now. */
  mask: readonly string[];
  /** The log that all this is the fold of, oldest entry first. */
  entries: readonly BanditLogEntry[];
}

const keptStates = 16;
const concurrentReads = 32;
const recalled = new Map<string, RecalledBandit>();

/**
 * The bandit as a log left it: every estimate is a fold over the log, so any worker can recompute it to the bit. The
 * worker that wrote the log still has the state and pays nothing; any other folds what came after the newest it knows.
 */
export async function recallBandit(store: ArtifactStore, head: ArtifactRef): Promise<RecalledBandit> {
  const known = recalled.get(head.sha256);
  if (known) return known;
  const newestFirst: BanditLogEntry[][] = [];
  for await (const { link } of readLinks(store, head, banditLogLink)) {
    newestFirst.push(link.entries);
    const start = link.origin ? await initialBandit(store, link.origin) : recalled.get(link.previous?.sha256 ?? '');
    if (start) return remember(head, await fold(store, start, newestFirst.reverse().flat()));
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

async function initialBandit(store: ArtifactStore, origin: BanditOrigin): Promise<RecalledBandit> {
  const learned = origin.learned && (await store.getJson(origin.learned, learnedSelection));
  const { bandit, initialState: state } = banditOfSelection(origin.selection, origin.arms, { ...origin, learned });
  return { origin, bandit, state, mask: [], entries: [] };
}

async function fold(
  store: ArtifactStore,
  start: RecalledBandit,
  added: readonly BanditLogEntry[],
): Promise<RecalledBandit> {
  const contexts = await readContexts(store, added);
  const entries = [...start.entries, ...added];
  let known = start;
  for (const [index, entry] of added.entries()) {
    const isAlarm = entry.type === 'change' && entry.change.type === 'trustEvidence';
    known = isAlarm
      ? await learnAgain(store, start.origin, entries.slice(0, start.entries.length + index))
      : learn(known, entry, contexts);
  }
  return { ...known, entries };
}

function learn(known: RecalledBandit, entry: BanditLogEntry, contexts: ReadonlyMap<string, ContextVector>) {
  if (entry.type === 'change') return change(known, entry.change);
  if (entry.type !== 'observation') return known;
  const { armId: arm, reward, propensity, context } = entry.observation;
  const observation = { arm, reward, propensity, context: contexts.get(context)! };
  return { ...known, state: known.bandit.update(known.state, observation) };
}

/** What the bandit would know if evidence had been its reward from the first round on. */
async function learnAgain(
  store: ArtifactStore,
  origin: BanditOrigin,
  entries: readonly BanditLogEntry[],
): Promise<RecalledBandit> {
  const observations = observationsOf({ entries });
  let next = 0;
  const known = entries.flatMap((entry): BanditLogEntry[] => {
    if (entry.type !== 'observation') return [entry];
    const observation = byEvidence(observations[next++]!);
    return observation ? [{ type: 'observation', observation }] : [];
  });
  return fold(store, await initialBandit(store, origin), known);
}

async function readContexts(store: ArtifactStore, entries: readonly BanditLogEntry[]) {
  const limit = pLimit(concurrentReads);
  const named = entries.flatMap((entry) => (entry.type === 'observation' ? [entry.observation.context] : []));
  const read = [...new Set(named)].map((sha256) =>
    limit(async () => [sha256, await readContext(store, sha256)] as const),
  );
  return new Map(await Promise.all(read));
}

function change(known: RecalledBandit, wanted: BanditChange): RecalledBandit {
  const { bandit, state, mask } = known;
  switch (wanted.type) {
    case 'trustEvidence':
      return known;
    case 'alpha':
    case 'posteriorScale': {
      const { type: _, ...parameter } = wanted;
      return { ...known, state: { ...state, parameters: { ...(state.parameters as object), ...parameter } } };
    }
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

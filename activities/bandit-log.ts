import type { ArtifactStore } from '../artifact-store';
import type { ArtifactRef } from '../contract/artifact';
import { banditLogLink, type BanditLogEntry, type BanditObservation, type BanditOrigin } from '../contract/bandit-log';

/** A bandit's log as one list, oldest entry first. */
export interface BanditLog extends BanditOrigin {
  entries: BanditLogEntry[];
}

/** Reads a log link by link, newest first. Throws when a link is missing from the store, or has no beginning. */
export async function readBanditLog(store: ArtifactStore, head: ArtifactRef): Promise<BanditLog> {
  const newestFirst: BanditLogEntry[][] = [];
  for (let ref: ArtifactRef | null = head; ref !== null;) {
    const link: Awaited<ReturnType<typeof readLink>> = await readLink(store, ref);
    newestFirst.push(link.entries);
    if (link.origin) return { ...link.origin, entries: newestFirst.reverse().flat() };
    ref = link.previous;
  }
  throw new Error(`Bandit log ${head.sha256} has no beginning: its first link names no origin.`);
}

export function observationsOf({ entries }: Pick<BanditLog, 'entries'>): BanditObservation[] {
  return entries.flatMap((entry) => (entry.type === 'observation' ? [entry.observation] : []));
}

export function beginBanditLog(
  store: ArtifactStore,
  origin: BanditOrigin,
  entries: BanditLogEntry[],
): Promise<ArtifactRef> {
  return store.putJson(banditLogLink.parse({ origin, previous: null, entries }));
}

export function extendBanditLog(
  store: ArtifactStore,
  previous: ArtifactRef,
  entries: BanditLogEntry[],
): Promise<ArtifactRef> {
  return store.putJson(banditLogLink.parse({ origin: null, previous, entries }));
}

export function readLink(store: ArtifactStore, ref: ArtifactRef) {
  return store.getJson(ref, banditLogLink);
}

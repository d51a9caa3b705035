import { readLinks, type ArtifactStore } from '../artifact-store';
import type { ArtifactRef } from '../contract/artifact';
import { banditLogLink, type BanditLogEntry, type BanditObservation, type BanditOrigin } from '../contract/bandit-log';

/** A bandit's log as one list, oldest entry first. */
export interface BanditLog extends BanditOrigin {
  entries: BanditLogEntry[];
}

/** Reads a log link by link, newest first. Throws when a link is missing from the store, or has no beginning. */
export async function readBanditLog(store: ArtifactStore, head: ArtifactRef): Promise<BanditLog> {
  const newestFirst: BanditLogEntry[][] = [];
  for await (const { link } of readLinks(store, head, banditLogLink)) {
    newestFirst.push(link.entries);
    if (link.origin) return { ...link.origin, entries: newestFirst.reverse().flat() };
  }
  throw new Error(`Bandit log ${head.sha256} has no beginning: its first link names no origin.`);
}

/** What was observed, with the evidence that became known of it later. */
export function observationsOf({ entries }: { readonly entries: readonly BanditLogEntry[] }): BanditObservation[] {
  const later = new Map(
    entries.flatMap((entry) => (entry.type === 'evidence' ? [[placeOf(entry), entry.evidence]] : [])),
  );
  return entries.flatMap((entry) => {
    if (entry.type !== 'observation') return [];
    const evidence = entry.observation.evidence ?? later.get(placeOf(entry.observation));
    return [{ ...entry.observation, ...(evidence && { evidence }) }];
  });
}

/** The observation as a bandit sees it that trusts evidence alone; null where there is none of it. */
export function byEvidence({ evidence, ...observation }: BanditObservation): BanditObservation | null {
  if (!evidence) return null;
  return { ...observation, rawReward: evidence.rawReward, reward: evidence.reward, evidence };
}

/** Whether the guard of the bandit reward gave an alarm that the bandit acted on. */
export function trustsEvidence({ entries }: { readonly entries: readonly BanditLogEntry[] }): boolean {
  return entries.some((entry) => entry.type === 'change' && entry.change.type === 'trustEvidence');
}

function placeOf({ iteration, round, scope }: Pick<BanditObservation, 'iteration' | 'round' | 'scope'>): string {
  return `${iteration} ${round} ${scope}`;
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

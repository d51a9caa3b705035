import { readLinks, type ArtifactStore } from '../artifact-store';
import type { ArtifactRef } from '../contract/artifact';
import { roundLogLink, type RoundRecord } from '../contract/round-record';

/** The rounds of a campaign, newest first. */
export async function* readRoundLog(store: ArtifactStore, newest: ArtifactRef | null): AsyncGenerator<RoundRecord> {
  for await (const { link } of readLinks(store, newest, roundLogLink)) yield link.round;
}

import type { z } from 'zod';
import { readLinks, type ArtifactStore } from '../artifact-store';
import type { ArtifactRef } from '../contract/artifact';

/** A linked log, oldest link first. @throws ArtifactMissingError where the store lacks a link */
export async function readLog<Link extends { previous: ArtifactRef | null }>(
  store: ArtifactStore,
  newest: ArtifactRef | null,
  schema: z.ZodType<Link>,
): Promise<Link[]> {
  const links: Link[] = [];
  for await (const { link } of readLinks(store, newest, schema)) links.push(link);
  return links.reverse();
}

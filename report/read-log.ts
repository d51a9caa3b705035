import type { z } from 'zod';
import type { ArtifactStore } from '../artifact-store';
import type { ArtifactRef } from '../contract/artifact';

/** A linked log, oldest link first. @throws ArtifactMissingError where the store lacks a link */
export async function readLog<Schema extends z.ZodType<{ previous: ArtifactRef | null }>>(
  store: ArtifactStore,
  newest: ArtifactRef | null,
  schema: Schema,
): Promise<z.infer<Schema>[]> {
  const links: z.infer<Schema>[] = [];
  for (let ref = newest; ref !== null;) {
    const link: z.infer<Schema> = await store.getJson(ref, schema);
    links.push(link);
    ref = link.previous;
  }
  return links.reverse();
}

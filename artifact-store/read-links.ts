import type { z } from 'zod';
import type { ArtifactRef } from '../contract/artifact';
import type { ArtifactStore } from './artifact-store';

/**
 * A log that is kept as a chain of links, from its newest link back; none at all for null. A link is read when it is
 * asked for, so whoever has seen enough stops. @throws ArtifactMissingError where the store lacks a link
 */
export async function* readLinks<Link extends { previous: ArtifactRef | null }>(
  store: ArtifactStore,
  newest: ArtifactRef | null,
  schema: z.ZodType<Link>,
): AsyncGenerator<{ ref: ArtifactRef; link: Link }> {
  for (let ref = newest; ref !== null;) {
    const link: Link = await store.getJson(ref, schema);
    yield { ref, link };
    ref = link.previous;
  }
}

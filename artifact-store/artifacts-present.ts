import { artifactRef, bundleManifest, mediaTypes } from '../contract/artifact';
import type { ArtifactStore } from './artifact-store';

/** Whether every artifact that a step's output names is still in the store, files of bundles included. */
export async function artifactsPresent(store: ArtifactStore, value: unknown): Promise<boolean> {
  if (typeof value !== 'object' || value === null) return true;
  const ref = artifactRef.safeParse(value);
  if (!ref.success) {
    const parts = await Promise.all(Object.values(value).map((part) => artifactsPresent(store, part)));
    return parts.every(Boolean);
  }
  if (!(await store.has(ref.data))) return false;
  if (ref.data.mediaType !== mediaTypes.bundle) return true;
  const manifest = await store.getJson(ref.data, bundleManifest);
  const files = await Promise.all(Object.values(manifest.files).map((file) => store.has(file)));
  return files.every(Boolean);
}

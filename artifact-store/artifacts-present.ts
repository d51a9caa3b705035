import { artifactRef, bundleManifest, mediaTypes, type BundleManifest } from '../contract/artifact';
import type { ArtifactStore } from './artifact-store';
import { isContentError } from './errors';

/** Whether every artifact that a step's output names is still in the store, in its full size, files of bundles included. */
export async function artifactsPresent(store: ArtifactStore, value: unknown): Promise<boolean> {
  if (typeof value !== 'object' || value === null) return true;
  const ref = artifactRef.safeParse(value);
  if (!ref.success) {
    const parts = await Promise.all(Object.values(value).map((part) => artifactsPresent(store, part)));
    return parts.every(Boolean);
  }
  if (!(await store.has(ref.data))) return false;
  if (ref.data.mediaType !== mediaTypes.bundle) return true;
  let manifest: BundleManifest;
  try {
    manifest = await store.getJson(ref.data, bundleManifest);
  } catch (error) {
    if (isContentError(error)) return false;
    throw error;
  }
  const files = await Promise.all(Object.values(manifest.files).map((file) => store.has(file)));
  return files.every(Boolean);
}

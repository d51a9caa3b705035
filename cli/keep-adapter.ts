import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { materialiseBundle, type ArtifactStore } from '../artifact-store';
import type { PolicyVersion } from '../contract/policy';

/** Copies a policy's adapter to where people look for it. @returns the folder; null for the base model itself. */
export async function keepAdapter(
  store: ArtifactStore,
  { adapter }: PolicyVersion,
  home: string,
  campaignId: string,
): Promise<string | null> {
  if (!adapter) return null;
  const folder = join(home, 'campaigns', campaignId, 'adapter');
  const fresh = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  await cp(await materialiseBundle(store, adapter), fresh, { recursive: true });
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
  return folder;
}

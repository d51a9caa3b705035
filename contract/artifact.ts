import { z } from 'zod';

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits');

/**
 * A stored large value, named by the SHA-256 of its bytes. Payloads carry these, never the value itself.
 * The store resolves it; no path or address is part of the name, so equal values have equal refs on every machine.
 */
export const artifactRef = z.strictObject({
  sha256: sha256Hex,
  bytes: z.int().nonnegative(),
  mediaType: z.string().min(1),
});
export type ArtifactRef = z.infer<typeof artifactRef>;

/** Media types the store knows. JSON and every JSON line are canonical (RFC 8785), so equal values have equal bytes. */
export const mediaTypes = {
  json: 'application/json',
  jsonLines: 'application/jsonl',
  bundle: 'application/vnd.laser.bundle+json',
  safetensors: 'application/vnd.safetensors',
} as const;

/** A folder as an artifact: file name to the object that holds its bytes. Names are plain (no separators, no dots first). */
export const bundleManifest = z.strictObject({
  files: z.record(
    z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/),
    z.strictObject({ sha256: sha256Hex, bytes: z.int().nonnegative() }),
  ),
});
export type BundleManifest = z.infer<typeof bundleManifest>;

/** What a finished step left behind. `output` is determined by `key`; `seconds` is what it took the first time. */
export const stepRecord = z.strictObject({
  key: sha256Hex,
  step: z.string().min(1),
  version: z.int().positive(),
  output: z.json(),
  seconds: z.number().nonnegative(),
});
export type StepRecord = z.infer<typeof stepRecord>;

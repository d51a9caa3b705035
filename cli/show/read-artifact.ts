import type { ArtifactStore } from '../../artifact-store';
import { bundleManifest } from '../../contract/artifact';
import type { ShownArtifact } from '../../contract/cli-output/inspection';

type Content = ShownArtifact['content'];

/** An artifact by what it is. Its name says nothing of that, so its bytes are looked at. */
export async function readArtifact(store: ArtifactStore, sha256: string): Promise<ShownArtifact> {
  const bytes = await store.getBytes(sha256);
  const content = jsonOf(bytes) ?? jsonLinesOf(bytes) ?? safetensorsOf(bytes) ?? { type: 'bytes' };
  return { sha256, bytes: bytes.byteLength, content };
}

function jsonOf(bytes: Buffer): Content | null {
  const value = parse(bytes.toString('utf8'));
  if (value === undefined) return null;
  const bundle = bundleManifest.safeParse(value);
  return bundle.success ? { type: 'bundle', files: bundle.data.files } : { type: 'json', value: value as never };
}

function jsonLinesOf(bytes: Buffer): Content | null {
  const lines = bytes.toString('utf8').trimEnd().split('\n').map(parse);
  return lines.length === 0 || lines.includes(undefined) ? null : { type: 'jsonLines', values: lines as never[] };
}

/** The format's header: its length in 8 bytes, then JSON of each tensor's type and shape. */
function safetensorsOf(bytes: Buffer): Content | null {
  if (bytes.length < 10) return null;
  const length = bytes.readBigUInt64LE(0);
  if (length > BigInt(bytes.length - 8)) return null;
  const header = parse(bytes.toString('utf8', 8, 8 + Number(length)));
  if (typeof header !== 'object' || header === null) return null;
  const { __metadata__: metadata = {}, ...tensors } = header as Record<string, { dtype: string; shape: number[] }>;
  const described = Object.entries(tensors).map(([name, { dtype, shape }]) => [name, { dtype, shape }]);
  return {
    type: 'safetensors',
    metadata: metadata as unknown as Record<string, string>,
    tensors: Object.fromEntries(described) as Record<string, { dtype: string; shape: number[] }>,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type { ShownArtifact } from '../../contract/cli-output/inspection';

/** An artifact for people: what it is, and what is in it. */
export function artifactText({ sha256, bytes, content }: ShownArtifact): string {
  const head = (what: string) => `${sha256}: ${what}, ${bytes} bytes`;
  switch (content.type) {
    case 'json':
      return [head('JSON'), JSON.stringify(content.value, null, 2)].join('\n');
    case 'jsonLines':
      return [
        head(`JSON lines, ${content.values.length}`),
        ...content.values.map((value) => JSON.stringify(value, null, 2)),
      ].join('\n');
    case 'bundle': {
      const files = Object.entries(content.files);
      const lines = files.map(([name, file]) => `  ${name.padEnd(28)} ${file.sha256}  ${file.bytes} bytes`);
      return [head(`a folder of ${files.length} files`), ...lines].join('\n');
    }
    case 'safetensors': {
      const tensors = Object.entries(content.tensors);
      const lines = tensors.map(([name, { dtype, shape }]) => `  ${name}  ${dtype} [${shape.join(', ')}]`);
      return [head(`safetensors, ${tensors.length} tensors`), ...lines].join('\n');
    }
    case 'bytes':
      return head('bytes of no form that is known here');
  }
}

import { createReadStream } from 'node:fs';

const lineFeed = 0x0a;

export interface Line {
  /** From 1. */
  number: number;
  /** null where the line is longer than allowed; its bytes are skipped, not kept. */
  bytes: Buffer | null;
}

/** The lines of a file without their line feeds, one at a time, so that no file is too large to be read. */
export async function* readLines(file: string, maxBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let parts: Buffer[] = [];
  let length = 0;
  const take = (part: Buffer) => {
    length += part.length;
    if (length > maxBytes) parts = [];
    else parts.push(part);
  };
  const finish = (): Line => {
    const line = { number, bytes: length > maxBytes ? null : Buffer.concat(parts) };
    number += 1;
    parts = [];
    length = 0;
    return line;
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      take(chunk.subarray(start, end));
      start = end + 1;
      yield finish();
    }
    take(chunk.subarray(start));
  }
  if (length > 0) yield finish();
}

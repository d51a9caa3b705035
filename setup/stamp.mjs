import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** SHA-256 over the files' names and bytes, in the order given. */
export function hashFiles(files, nameOf = (file) => file) {
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = readFileSync(file);
    hash.update(`${nameOf(file)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** True when `file` says that what it stands beside was made from `value`. */
export function stampMatches(file, value) {
  try {
    return readFileSync(file, 'utf8') === value;
  } catch {
    return false;
  }
}

/** Written last, and at once: an interrupted step leaves no stamp. */
export function writeStamp(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, value);
  renameSync(temporary, file);
}

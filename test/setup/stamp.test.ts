import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runModule } from './run-module';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();
const call = (expression: string) => runModule('stamp.mjs', expression).value;
const quoted = (name: string) => JSON.stringify(join(folder(), name));

test('a stamp matches what was written, and nothing else', () => {
  expect(call(`m.stampMatches(${quoted('a/stamp')}, 'one')`)).toBe(false);
  call(`m.writeStamp(${quoted('a/stamp')}, 'one')`);
  expect(call(`m.stampMatches(${quoted('a/stamp')}, 'one')`)).toBe(true);
  expect(call(`m.stampMatches(${quoted('a/stamp')}, 'two')`)).toBe(false);
  expect(readdirSync(join(folder(), 'a'))).toEqual(['stamp']);
});

test('the hash depends on every byte, on the names and on where one file ends', () => {
  const hashOf = (first: string, second: string, names = "['x', 'y']") => {
    writeFileSync(join(folder(), '0'), first);
    writeFileSync(join(folder(), '1'), second);
    return call(`m.hashFiles([${quoted('0')}, ${quoted('1')}], (file) => ${names}[Number(file.at(-1))])`);
  };
  const hashes = [hashOf('ab', 'c'), hashOf('a', 'bc'), hashOf('ab', 'd'), hashOf('ab', 'c', "['x', 'z']")];
  expect(new Set(hashes).size).toBe(4);
  expect(hashOf('ab', 'c')).toBe(hashes[0]);
});

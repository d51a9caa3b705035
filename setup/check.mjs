import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensureNodeModules } from './ensure-node-modules.mjs';
import { ensurePython } from './ensure-python.mjs';
import { project } from './paths.mjs';
import { runMain } from './run-main.mjs';

const nodeTool = (name) => join(project.nodeBin, name);
const ruff = join(project.venv, 'bin', 'ruff');

/** Slowest first, so that two lanes end at about the same time. */
const checks = [
  { name: 'eslint', command: nodeTool('eslint'), args: ['.'] },
  { name: 'pyright', command: nodeTool('pyright'), args: ['-p', 'python'] },
  { name: 'tsc', command: nodeTool('tsc'), args: ['--noEmit'] },
  { name: 'knip', command: nodeTool('knip'), args: [] },
  { name: 'depcruise', command: nodeTool('depcruise'), args: ['--config', '.dependency-cruiser.cjs', '.'] },
  { name: 'prettier', command: nodeTool('prettier'), args: ['--check', '.'] },
  { name: 'ruff check', command: ruff, args: ['check', '--output-format', 'concise', 'python'] },
  { name: 'ruff format', command: ruff, args: ['format', '--check', '--output-format', 'concise', 'python'] },
];

/** Every check, whatever the others say; then one line that names those that failed. */
await runMain(async () => {
  await ensureNodeModules(project);
  await ensurePython(project);
  const waiting = [...checks];
  const failed = [];
  const lane = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      if (!(await report(check))) failed.push(check.name);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane));
  const verdict = failed.length === 0 ? 'all passed' : `failed: ${failed.join(', ')}`;
  process.stdout.write(`\n${checks.length} checks, ${verdict}\n`);
  return failed.length === 0 ? 0 : 1;
});

async function report({ name, command, args }) {
  const started = Date.now();
  const { code, output } = await capture(command, args);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${code === 0 ? 'ok    ' : 'FAILED'}  ${name}  ${seconds} s\n${code === 0 ? '' : `${output}\n`}`,
  );
  return code === 0;
}

function capture(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: project.root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => (output += chunk);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve({ code: 1, output: `${command}: ${error.message}` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { SetupError, SetupInterrupted } from './setup-error.mjs';

const headLines = 6;
const tailLines = 14;
const progressSeconds = 10;

/**
 * Runs a command with all its output in `logFile`; the terminal gets a line every few seconds.
 * Rejects with SetupError, holding the exit code and the first and last lines, or SetupInterrupted after SIGINT or SIGTERM.
 */
export async function runLogged(command, args, { title, logFile, cwd, env = process.env }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile, { flags: 'a' });
  log.write(`\n$ ${command} ${args.join(' ')}\n`);
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = [];
  const keep = (chunk) => {
    log.write(chunk);
    lines.push(
      ...chunk
        .toString()
        .split(/[\r\n]+/)
        .filter(Boolean),
    );
    lines.splice(headLines, lines.length - headLines - tailLines);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const stopReporting = reportProgress(title, lines);
  const interruption = forwardSignals(child);
  try {
    const { code, signal, error } = await ended(child);
    if (interruption.received()) throw new SetupInterrupted();
    if (error !== undefined)
      throw new SetupError(`${title}: cannot start ${command} (${error.code ?? error.message}).`);
    if (code !== 0) throw new SetupError(failureMessage({ title, command, args, code, signal, lines, logFile }));
  } finally {
    stopReporting();
    interruption.stop();
    log.end();
  }
}

function failureMessage({ title, command, args, code, signal, lines, logFile }) {
  const outcome = code === null ? `was ended by ${signal}` : `exited with code ${code}`;
  return [
    `${title}: ${[command, ...args].join(' ')} ${outcome}. Its first and last lines:`,
    ...lines.map((line) => `  ${line}`),
    `Full log: ${logFile}`,
  ].join('\n');
}

function ended(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ error }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

function reportProgress(title, lines) {
  const started = Date.now();
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    const last = (lines.at(-1) ?? '').replace(/\p{Cc}+/gu, ' ').slice(0, 80);
    process.stderr.write(`  ${title}: ${seconds} s so far  ${last}\n`);
  }, progressSeconds * 1000);
  return () => clearInterval(timer);
}

function forwardSignals(child) {
  let received = false;
  const forward = (signal) => {
    received = true;
    child.kill(signal);
  };
  process.on('SIGINT', forward);
  process.on('SIGTERM', forward);
  return {
    received: () => received,
    stop: () => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
    },
  };
}

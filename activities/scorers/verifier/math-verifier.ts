import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import pLimit from 'p-limit';
import { z } from 'zod';

/** Longest that importing sympy may take, milliseconds. */
const startMs = 120_000;
const complaintLength = 1_000;
const verdictSchema = z.looseObject({ equivalent: z.boolean().nullable(), error: z.string().optional() });

export interface MathItem {
  answer: string;
  completion: string;
}
/** noAnswer: the verified answer is no mathematics. unchecked: it took too long or too much memory, or sympy gave up. */
export type MathVerdict = boolean | 'noAnswer' | 'unchecked';

export interface MathVerifier {
  /** Whether the completion's final answer equals the verified one. Rejects when cancelled, or when Python cannot start. */
  check(item: MathItem, timeoutMs: number, signal: AbortSignal): Promise<MathVerdict>;
}

/** The Python to run, and its environment with PYTHONPATH. */
export interface PythonProgram {
  python: string;
  environment: NodeJS.ProcessEnv;
}

interface Checker {
  child: ChildProcessByStdio<Writable, Readable, Readable>;
  lines: Interface;
  /** The end of what it wrote to stderr. */
  complaint: string;
}

/**
 * `python -m laser.verifier`, started at the first item and kept; one item at a time. An item over its limit kills the
 * process, for sympy cannot be stopped otherwise, and the next item starts another.
 */
export function createMathVerifier(program: () => Promise<PythonProgram>): MathVerifier {
  const oneAtATime = pLimit(1);
  let running: Promise<Checker> | null = null;

  async function start(): Promise<Checker> {
    const { python, environment } = await program();
    const child = spawn(python, ['-m', 'laser.verifier'], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
    const checker: Checker = { child, lines: createInterface({ input: child.stdout }), complaint: '' };
    const complain = (text: string) => (checker.complaint = `${checker.complaint}${text}`.slice(-complaintLength));
    child.stderr.on('data', (chunk: Buffer) => complain(chunk.toString('utf8')));
    child.stdin.on('error', () => undefined);
    child.on('error', ({ message }) => complain(message));
    if ((await nextLine(checker, startMs)) !== null) return checker;
    child.kill('SIGKILL');
    throw new Error(
      `\`${python} -m laser.verifier\` did not start: ${checker.complaint.trim() || 'it said nothing'}. ` +
        'Run `npm start` once; it installs what python/requirements.lock lists.',
    );
  }

  /** Forgets the process when it ends or does not start, but never the one that has taken its place. */
  function launch(): Promise<Checker> {
    const started = start();
    const forget = () => {
      if (running === started) running = null;
    };
    started.then(({ child }) => child.once('close', forget), forget);
    return started;
  }

  async function check({ answer, completion }: MathItem, timeoutMs: number, signal: AbortSignal): Promise<MathVerdict> {
    signal.throwIfAborted();
    const checker = await (running ??= launch());
    checker.child.stdin.write(`${JSON.stringify({ answer, completion })}\n`);
    const reply = await nextLine(checker, timeoutMs, signal);
    if (reply === null) {
      checker.child.kill('SIGKILL');
      running = null;
      signal.throwIfAborted();
      return 'unchecked';
    }
    const { equivalent, error } = verdictSchema.parse(JSON.parse(reply));
    return equivalent ?? (error === undefined ? 'noAnswer' : 'unchecked');
  }
  return { check: (item, timeoutMs, signal) => oneAtATime(() => check(item, timeoutMs, signal)) };
}

/** The next line; null when the time is up, the process ends or the signal aborts before it. */
function nextLine({ child, lines }: Checker, timeoutMs: number, signal?: AbortSignal): Promise<string | null> {
  hold(child, true);
  return new Promise((resolve) => {
    const settle = (line: string | null) => {
      clearTimeout(timer);
      lines.off('line', settle);
      child.off('close', nothing).off('error', nothing);
      signal?.removeEventListener('abort', nothing);
      hold(child, false);
      resolve(line);
    };
    const nothing = () => settle(null);
    const timer = setTimeout(nothing, timeoutMs);
    lines.on('line', settle);
    child.on('close', nothing).on('error', nothing);
    signal?.addEventListener('abort', nothing, { once: true });
    if (signal?.aborted === true) nothing();
  });
}

/** An idle verifier does not keep our process alive; its input ends with us, and then it ends. */
function hold(child: Checker['child'], held: boolean): void {
  for (const handle of [child, child.stdin, child.stdout, child.stderr]) {
    const countable = handle as { ref?: () => void; unref?: () => void };
    if (held) countable.ref?.();
    else countable.unref?.();
  }
}

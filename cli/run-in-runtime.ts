import type { Client, WorkflowHandle } from '@temporalio/client';
import colours from 'picocolors';
import type { Environment } from '../config/environment';
import type { FailedKind } from '../contract/tell-failure';
import { CommandError, exitCodes, type ExitCode } from './command-error';
import { describeFailure } from './describe-failure';
import { ensureRuntime, type ServedModels } from './ensure-runtime';
import { connectClient } from './temporal-client';

/** What is run, and how it is told of. */
interface Run {
  id: string;
  /** Of an id: `campaign`, `comparison`, `best-of-n`. */
  what: string;
  kind: FailedKind;
  /** The command that goes on with it. */
  command: string;
  served: ServedModels;
  /** It is only started, so the runtime must outlive this command. */
  detach: boolean;
}

export interface Session {
  client: Client;
  /** A message for people, on stderr. */
  say: (line: string) => void;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Says that the run has begun, and where it is to be seen. */
  tellStart: (started: { handle: WorkflowHandle; runId: string; attached: boolean }) => void;
  /** The outcome, or the failure of the runtime if that comes first. */
  untilBroken: <Outcome>(outcome: Promise<Outcome>) => Promise<Outcome>;
}

/**
 * Runs something on the runtime that is here, or on one that ends with this command. Ctrl-C leaves the workflow as it is.
 * @throws CommandError that tells why the run failed
 */
export async function runInRuntime(
  environment: Environment,
  { id, what, kind, command, served, detach }: Run,
  work: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  process.once('SIGTERM', () => interrupt.abort());
  const runtime = await ensureRuntime(environment, served, {
    mayStart: !detach,
    onMessage: (message) => say(colours.dim(message)),
  });
  try {
    const client = await connectClient({ ...environment, TEMPORAL_ADDRESS: runtime.temporalAddress });
    return await work({
      ...{ client, say, signal: interrupt.signal },
      tellStart: ({ handle, runId, attached }) => {
        const url =
          runtime.uiUrl === null ? '' : `: ${runtime.uiUrl}/${encodeURIComponent(handle.workflowId)}/${runId}`;
        const name = `${what[0]!.toUpperCase()}${what.slice(1)} ${colours.bold(id)}`;
        say(`${name} ${attached ? 'is joined' : 'has started'}${url}`);
      },
      untilBroken: (outcome) => Promise.race([runtime.failed, outcome]),
    });
  } catch (error) {
    if (interrupt.signal.aborted) {
      say(`\nInterrupted. Nothing is lost: \`bin/${command}\` goes on where the ${what} is.`);
      return exitCodes.interrupted;
    }
    if (error instanceof CommandError) throw error;
    throw new CommandError(describeFailure(id, error, kind), exitCodes.failed);
  } finally {
    await runtime.stop();
  }
}

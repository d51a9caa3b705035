#!/usr/bin/env node
import { Command } from 'commander';
import { CommandError, exitCodes, type ExitCode } from './command-error';
import { addModelsCommands } from './models/add-models-commands';
import { wholeNumber } from './whole-number';
import { addScheduleCommands } from './schedule/add-schedule-commands';

/** Every command's module is loaded when the command is used, so that --help is instant. */
function buildProgram(): Command {
  const program = new Command('laser')
    .description('Train a language model on preferences while a bandit learns which reward model to ask.')
    .showHelpAfterError('(laser --help lists the commands)')
    .showSuggestionAfterError()
    .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.done : exitCodes.usage));

  program
    .command('run')
    .description('run a campaign to its end, or join it if it runs; finished steps are used again')
    .argument('<file>', 'campaign file (YAML)')
    .option('--seed <number>', 'another seed; the campaign gets an id of its own', wholeNumber)
    .option('--detach', 'start it and return; needs `laser up` or workers elsewhere')
    .option('--dry-run', 'show what changed since its newest run and which steps would be done again; start nothing')
    .option('--from-iteration <number>', 'start behind the checkpoint before this iteration', wholeNumber)
    .option('--json', 'print the result as JSON on stdout')
    .addHelpText('after', '\nExample:\n  laser run config/campaigns/quickstart.yaml --seed 7')
    .action(async (file: string, options: { seed?: number }) =>
      finish((await import('./run-campaign.js')).runCampaign(file, options)),
    );

  program
    .command('up')
    .description('start Temporal with its UI, the model server and all workers here, until Ctrl-C')
    .argument('[files...]', 'campaign files whose models are to be served')
    .action(async (files: string[]) => finish((await import('./start-up.js')).startUp(files)));

  program
    .command('status')
    .description('where a campaign stands, or a list of all campaigns')
    .argument('[campaign]', 'campaign id')
    .option('--json', 'print JSON on stdout')
    .action(async (id: string | undefined, options: { json?: boolean }) =>
      finish((await import('./show-status.js')).showStatus(id, options)),
    );

  program
    .command('watch')
    .description('follow a running campaign round by round')
    .argument('<campaign>', 'campaign id')
    .action(async (id: string) => finish((await import('./watch-campaign.js')).watchCampaign(id)));

  for (const [verb, description] of [
    ['pause', 'pause a campaign at the next edge of a round'],
    ['resume', 'let a paused campaign go on'],
    ['stop', 'stop a campaign after the round under way, everything saved'],
  ] as const) {
    program
      .command(verb)
      .description(description)
      .argument('<campaign>', 'campaign id')
      .option('--json', 'print JSON on stdout')
      .action(async (id: string, options: { json?: boolean }) =>
        finish((await import('./steer-campaign.js')).steerCampaign(verb, id, options)),
      );
  }

  addScheduleCommands(program, wholeNumber, finish);

  program
    .command('doctor')
    .description('check every part this machine or a campaign needs, and say how to mend it')
    .argument('[file]', 'campaign file; its servers, models and data are checked too')
    .option('--json', 'print JSON on stdout')
    .action(async (file: string | undefined, options: { json?: boolean }) =>
      finish((await import('./doctor.js')).doctor(file, options)),
    );

  program
    .command('worker')
    .description('run one worker in the foreground, for the server that TEMPORAL_ADDRESS names')
    .addArgument(workerKind())
    .argument('[rewardModels...]', 'for score: the ids of the reward models to serve')
    .action(async (kind: string, ids: string[]) => finish((await import('./run-worker.js')).runWorker(kind, ids)));

  addModelsCommands(program, finish);
  return program;
}

function workerKind() {
  return new Command().createArgument('<kind>', 'kind of worker').choices(['control', 'generate', 'score', 'train']);
}

async function finish(command: Promise<ExitCode>): Promise<void> {
  process.exit(await command);
}

buildProgram()
  .parseAsync()
  .catch((error: unknown) => {
    const code = expectedExitCode(error);
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    process.stderr.write(`${code === null ? (stack ?? message) : message}\n`);
    process.exit(code ?? exitCodes.failed);
  });

/** Of an error whose message says all; null for one that nobody foresaw. By name: nothing is loaded to ask. */
function expectedExitCode(error: unknown): ExitCode | null {
  if (error instanceof CommandError) return error.exitCode;
  const { name } = error as Error;
  if (name === 'CampaignFileError') return exitCodes.usage;
  return name === 'EnvironmentError' ? exitCodes.environment : null;
}

import { Argument, type Command } from 'commander';
import { finish } from '../finish';
import type { GcOptions } from '../gc/collect-garbage';
import type { UpOptions } from '../start-up';
import { withExamples } from './with-examples';

interface Json {
  json?: boolean;
}

/** `laser up|down|doctor|worker|gc` */
export function addMachineCommands(program: Command): void {
  withExamples(
    program
      .command('up')
      .description('start Temporal with its UI, the model server and all workers here, until Ctrl-C or `laser down`')
      .argument('[files...]', 'campaign files whose models are to be served')
      .option(
        '--reward-model <file>',
        'a reward model to serve too, as for `laser rm add`; may be repeated',
        (file: string, files: string[] = []) => [...files, file],
      )
      .option('--json', 'print what runs as one line of JSON on stdout, once it does')
      .action(async (files: string[], options: UpOptions) =>
        finish((await import('../start-up.js')).startUp(files, options)),
      ),
    'laser up config/campaigns/quickstart.yaml',
  );
  withExamples(
    program
      .command('down')
      .description('end what `laser up` or `laser run` runs here; campaigns go on when it is up again')
      .option('--json', 'print JSON on stdout')
      .action(async (options: Json) => finish((await import('../shut-down.js')).shutDown(options))),
    'laser down',
  );
  withExamples(
    program
      .command('doctor')
      .description('check every part this machine or a campaign needs, and say how to mend it')
      .argument('[file]', 'campaign file; its servers, models and data are checked too')
      .option('--json', 'print JSON on stdout')
      .action(async (file: string | undefined, options: Json) =>
        finish((await import('../doctor.js')).doctor(file, options)),
      ),
    'laser doctor my-campaign.yaml',
  );
  withExamples(
    program
      .command('worker')
      .description('run one worker in the foreground, for the server that TEMPORAL_ADDRESS names')
      .addArgument(new Argument('<kind>', 'kind of worker').choices(['control', 'generate', 'score', 'train']))
      .argument('[rewardModels...]', 'for score: the ids of the reward models to serve')
      .action(async (kind: string, ids: string[]) => finish((await import('../run-worker.js')).runWorker(kind, ids))),
    'TEMPORAL_ADDRESS=temporal.example:7233 laser worker score eurus-7b-kto',
  );
  withExamples(
    program
      .command('gc')
      .description('delete artifacts that no listed campaign and no young step reaches')
      .option('--dry-run', 'say what would go, and delete nothing')
      .option('--older-than <duration>', 'delete nothing younger than this', '30d')
      .option('--json', 'print JSON on stdout')
      .action(async (options: GcOptions) => finish((await import('../gc/collect-garbage.js')).collectGarbage(options))),
    'laser gc --dry-run',
    'laser gc --older-than 2w',
  );
}

import { Option, type Command } from 'commander';
import { finish } from '../finish';
import type { InitOptions } from '../init-campaign';
import type { RunOptions } from '../run-campaign';
import type { StatusOptions } from '../show-status';
import { share } from '../share';
import { wholeNumber } from '../whole-number';
import { withExamples } from './with-examples';

/** Presets of `laser init`: campaign files under config/campaigns. */
const presets = [
  'quickstart',
  'ci',
  'smollm2-gsm8k',
  'paper-gsm8k',
  'paper-strategyqa',
  'paper-mmlu',
  'paper-wildchat',
];

/** `laser init|run|status|watch` */
export function addCampaignCommands(program: Command): void {
  withExamples(
    program
      .command('init')
      .description('write a campaign file that explains itself, from a preset')
      .argument('[file]', 'where to write it', 'campaign.yaml')
      .addOption(new Option('--preset <preset>', 'what to start from').choices(presets).default('quickstart'))
      .option('--force', 'write over a file that is there')
      .option('--json', 'print JSON on stdout')
      .action(async (file: string, options: InitOptions) =>
        finish((await import('../init-campaign.js')).initCampaign(file, options)),
      ),
    'laser init my-campaign.yaml --preset smollm2-gsm8k',
  );

  withExamples(
    program
      .command('run')
      .description('run a campaign to its end, or join it if it runs; finished steps are used again')
      .argument('<file>', 'campaign file (YAML)')
      .option('--seed <number>', 'another seed; the campaign gets an id of its own', wholeNumber)
      .option('--detach', 'start it and return; needs `laser up` or workers elsewhere')
      .option('--dry-run', 'show what changed since its newest run and which steps would be done again; start nothing')
      .option('--from-iteration <number>', 'start behind the checkpoint before this iteration', wholeNumber)
      .option('--json', 'print the result as JSON on stdout')
      .action(async (file: string, options: RunOptions) =>
        finish((await import('../run-campaign.js')).runCampaign(file, options)),
      ),
    'laser run config/campaigns/quickstart.yaml --seed 7',
    'laser run my-campaign.yaml --dry-run',
  );

  withExamples(
    program
      .command('status')
      .description('where a campaign stands, or a list of campaigns, newest first')
      .argument('[campaign]', 'campaign id')
      .option('--all', 'list all, not only the newest 20')
      .option('--campaign <start>', 'list those whose id begins so')
      .option('--phase <phase>', 'list those in this phase, e.g. training, paused, finished')
      .option('--min-accuracy <share>', 'list those whose newest held-out accuracy is no less, 0 to 1', share)
      .option('--selection <type>', 'list those that select so, e.g. laser, random')
      .option('--json', 'print JSON on stdout')
      .action(async (id: string | undefined, options: StatusOptions) =>
        finish((await import('../show-status.js')).showStatus(id, options)),
      ),
    'laser status quickstart',
    'laser status --all --phase finished --min-accuracy 0.7 --json',
  );

  withExamples(
    program
      .command('watch')
      .description('follow a campaign round by round, to its end')
      .argument('<campaign>', 'campaign id')
      .option('--json', 'print a JSON object a line on stdout')
      .action(async (id: string, options: { json?: boolean }) =>
        finish((await import('../watch-campaign.js')).watchCampaign(id, options)),
      ),
    'laser watch quickstart',
    'laser watch quickstart --json | jq \'select(.type == "round")\'',
  );
}

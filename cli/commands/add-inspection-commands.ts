import { Option, type Command } from 'commander';
import type { ReportOptions } from '../report-campaign';
import type { ExportOptions } from '../export/export-policy';
import { finish } from '../finish';
import { wholeNumber } from '../whole-number';
import { withExamples } from './with-examples';

interface Json {
  json?: boolean;
}

/** `laser show|explain|replay|report|export` */
export function addInspectionCommands(program: Command): void {
  withExamples(
    program
      .command('show')
      .description('print a round (prompts, completions with scores, pairs, the decision) or any artifact')
      .argument('<what>', 'campaign/iteration/round, or the SHA-256 of an artifact or its first 8 digits or more')
      .option('--json', 'print JSON on stdout')
      .action(async (what: string, options: Json) => finish((await import('../show/show.js')).show(what, options))),
    'laser show quickstart/1/12',
    'laser show 3f9a21c07b',
  );
  withExamples(
    program
      .command('explain')
      .description('why the bandit asked this reward model in a round, and what came of it')
      .argument('<campaign>', 'campaign id')
      .requiredOption('--round <iteration/round>', 'which round, e.g. 1/12')
      .option('--json', 'print JSON on stdout')
      .action(async (id: string, options: Json & { round: string }) =>
        finish((await import('../explain/explain-round.js')).explainRound(id, options)),
      ),
    'laser explain quickstart --round 1/12',
  );
  withExamples(
    program
      .command('replay')
      .description('recompute every decision of the bandit from its log; exit code 1 if one differs')
      .argument('<campaign>', 'campaign id')
      .option('--json', 'print JSON on stdout')
      .action(async (id: string, options: Json) =>
        finish((await import('../replay/replay-campaign.js')).replayCampaign(id, options)),
      ),
    'laser replay quickstart',
  );
  withExamples(
    program
      .command('report')
      .description('write what a campaign came to so far: one HTML file with plots, Markdown and JSON')
      .argument('<campaign>', 'campaign id')
      .option('--out <folder>', 'where to write (default: reports/<campaign> under LASER_HOME)')
      .option('--format <list>', 'html, md or json, several with commas between (default: all)')
      .option('--json', 'print the report as JSON on stdout and write nothing')
      .action(async (id: string, options: ReportOptions) =>
        finish((await import('../report-campaign.js')).reportCampaign(id, options)),
      ),
    'laser report quickstart',
    'laser report quickstart --out report --format html,md',
  );
  withExamples(
    program
      .command('export')
      .description('write a policy as a Hugging Face folder: adapter, tokenizer, model card')
      .argument('<campaign>', 'campaign id')
      .requiredOption('--out <folder>', 'a folder that does not exist yet, or is empty')
      .option('--iteration <number>', 'the policy of an earlier iteration', wholeNumber)
      .option('--merge', 'write whole weights with the adapter merged in, instead of the adapter')
      .addOption(
        new Option('--dtype <type>', 'of merged weights; without it as the base model').choices([
          'float32',
          'bfloat16',
          'float16',
        ]),
      )
      .option('--base-model <name>', 'name of the base model to write, e.g. its hub id (default: where it is here)')
      .option('--json', 'print JSON on stdout')
      .action(async (id: string, options: ExportOptions) =>
        finish((await import('../export/export-policy.js')).exportPolicy(id, options)),
      ),
    'laser export quickstart --out exported/quickstart',
    'laser export quickstart --out exported/merged --merge --dtype float32',
  );
}

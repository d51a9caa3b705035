import { Option, type Command } from 'commander';
import { withExamples } from '../commands/with-examples';
import { finish } from '../finish';
import { wholeNumber } from '../whole-number';
import type { BackfillFlags } from './backfill-schedule';
import { overlaps, type CampaignFlags, type TimingFlags } from './schedule-flags';

interface Json {
  json?: boolean;
}

/** `laser schedule …` */
export function addScheduleCommands(program: Command): void {
  const schedule = program
    .command('schedule')
    .description('campaigns at set times, each from the newest data and, if wanted, from the last one’s policy')
    .addHelpText(
      'after',
      '\nA schedule lives on the Temporal server; its runs need a control worker: keep `laser up <file>` running.',
    );
  const verb = (name: string, description: string) =>
    schedule.command(name).description(description).option('--json', 'print JSON on stdout');

  withExamples(
    timing(verb('create', 'run a campaign at set times').argument('<schedule>', 'id of the schedule'))
      .argument('<file>', 'campaign file; its data paths may hold {date} and {time} of the run, UTC')
      .option('--paused', 'create it paused')
      .action(async (id: string, file: string, flags: TimingFlags & CampaignFlags & Json & { paused?: boolean }) =>
        finish((await import('./create-schedule.js')).createSchedule(id, file, flags)),
      ),
    'laser schedule create nightly my-campaign.yaml --cron "0 3 * * *" --time-zone Europe/Berlin \\',
    '  --continue-from latest --gate --pause-on-failure',
    'laser schedule create weekly my-campaign.yaml --calendar "dayOfWeek=MON hour=6" --jitter 10m',
  );
  withExamples(
    timing(verb('update', 'change a schedule; what is not named stays').argument('<schedule>', 'id'))
      .option('--file <file>', 'another campaign file')
      .action(async (id: string, flags: TimingFlags & CampaignFlags & Json & { file?: string }) =>
        finish((await import('./update-schedule.js')).updateSchedule(id, flags)),
      ),
    'laser schedule update nightly --cron "0 5 * * *" --overlap buffer-one',
  );
  withExamples(
    verb('list', 'all schedules, and when they run next').action(async (options: Json) =>
      finish((await import('./list-schedules.js')).listSchedules(options)),
    ),
    'laser schedule list',
  );
  withExamples(
    verb('describe', 'a schedule, its next times and its newest runs')
      .argument('<schedule>', 'id')
      .action(async (id: string, options: Json) =>
        finish((await import('./describe-schedule.js')).describeSchedule(id, options)),
      ),
    'laser schedule describe nightly',
  );
  withExamples(
    verb('pause', 'let it start nothing until it is unpaused; a run under way goes on')
      .argument('<schedule>', 'id')
      .option('--note <text>', 'why')
      .action(async (id: string, options: Json & { note?: string }) =>
        finish((await import('./pause-schedule.js')).pauseSchedule(id, options)),
      ),
    'laser schedule pause nightly --note "new labels on Monday"',
  );
  withExamples(
    verb('unpause', 'let it start runs again')
      .argument('<schedule>', 'id')
      .option('--note <text>', 'why')
      .action(async (id: string, options: Json & { note?: string }) =>
        finish((await import('./unpause-schedule.js')).unpauseSchedule(id, options)),
      ),
    'laser schedule unpause nightly',
  );
  withExamples(
    verb('trigger', 'run it now, paused or not')
      .argument('<schedule>', 'id')
      .addOption(overlapOption('if a run is under way').default('buffer-one'))
      .action(async (id: string, options: Json & { overlap: BackfillFlags['overlap'] }) =>
        finish((await import('./trigger-schedule.js')).triggerSchedule(id, options)),
      ),
    'laser schedule trigger nightly',
  );
  withExamples(
    verb('backfill', 'run it for times that have passed, oldest first')
      .argument('<schedule>', 'id')
      .requiredOption('--from <time>', 'first time, ISO 8601')
      .requiredOption('--to <time>', 'last time, ISO 8601')
      .addOption(overlapOption('if a run is under way').default('buffer-all'))
      .action(async (id: string, options: Json & BackfillFlags) =>
        finish((await import('./backfill-schedule.js')).backfillSchedule(id, options)),
      ),
    'laser schedule backfill nightly --from 2026-11-01T00:00Z --to 2026-11-08T00:00Z',
  );
  withExamples(
    verb('delete', 'delete it; its campaigns stay, and one under way goes on')
      .argument('<schedule>', 'id')
      .action(async (id: string, options: Json) =>
        finish((await import('./delete-schedule.js')).deleteSchedule(id, options)),
      ),
    'laser schedule delete nightly',
  );
}

/** When it runs and how, for create and update alike. */
function timing(command: Command): Command {
  const each = (value: string, values: string[] = []) => [...values, value];
  return command
    .option('--cron <expression>', 'when, in 5 to 7 fields or as @daily; may be repeated', each)
    .option('--calendar <fields>', 'when, e.g. "dayOfWeek=MON-FRI hour=3 minute=30"; may be repeated', each)
    .option('--every <duration>', 'when, as an interval, e.g. 6h')
    .option('--time-zone <zone>', 'IANA name, e.g. Europe/Berlin (default: UTC)')
    .option('--jitter <duration>', 'start up to so much later, at random')
    .addOption(overlapOption('if a run is still under way (default: skip)'))
    .option('--catch-up <duration>', 'start missed runs if they are late by no more than this (default: a year)')
    .option('--pause-on-failure', 'pause the schedule when a run fails')
    .option('--no-pause-on-failure', 'go on when a run fails')
    .addOption(
      new Option(
        '--continue-from <what>',
        'start: the campaign file’s policy (default); latest: the newest good run’s policy and bandit',
      ).choices(['start', 'latest']),
    )
    .option('--gate', 'mark runs that get significantly worse on the held-out data, and never go on from them')
    .option('--no-gate', 'go on from any finished run')
    .option('--seed <number>', 'another seed than the campaign file’s', wholeNumber);
}

function overlapOption(when: string): Option {
  return new Option('--overlap <policy>', when).choices(overlaps);
}

import { Command } from 'commander';
import { exitCodes } from './command-error';
import { addBestOfNCommand } from './commands/add-best-of-n-command';
import { addCampaignCommands } from './commands/add-campaign-commands';
import { addCompareCommand } from './commands/add-compare-command';
import { addCompletionCommand } from './completion/add-completion-command';
import { addInspectionCommands } from './commands/add-inspection-commands';
import { addMachineCommands } from './commands/add-machine-commands';
import { addSteeringCommands } from './commands/add-steering-commands';
import { addDataCommand } from './data/add-data-command';
import { addModelsCommands } from './models/add-models-commands';
import { addScheduleCommands } from './schedule/add-schedule-commands';

/** The command tree. Every verb's module is loaded when the verb is used, so that --help is instant. */
export function buildProgram(): Command {
  const program = new Command('laser')
    .description('Train a language model on preferences while a bandit learns which reward model to ask.')
    .showHelpAfterError('(laser --help lists the commands)')
    .showSuggestionAfterError()
    .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.done : exitCodes.usage))
    .addHelpText(
      'after',
      [
        '',
        'Data goes to stdout (--json: for programs), messages to stderr. NO_COLOR is honoured.',
        'Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the environment lacks something, 130 interrupted.',
      ].join('\n'),
    );
  program.commandsGroup('Campaigns:');
  addCampaignCommands(program);
  addCompareCommand(program);
  addBestOfNCommand(program);
  program.commandsGroup('Steering:');
  addSteeringCommands(program);
  program.commandsGroup('Looking into a campaign:');
  addInspectionCommands(program);
  program.commandsGroup('Schedules:');
  addScheduleCommands(program);
  program.commandsGroup('This machine:');
  addMachineCommands(program);
  program.commandsGroup('More:');
  addModelsCommands(program);
  addDataCommand(program);
  addCompletionCommand(program);
  program.helpCommand('help [verb]', 'show the help of a verb');
  return program;
}

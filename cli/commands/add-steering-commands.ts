import type { Command } from 'commander';
import { finish } from '../finish';
import type { SteeringOptions } from '../steering/steer-campaign';
import { withExamples } from './with-examples';

/** `laser pause|resume|stop|set|rm|approve` */
export function addSteeringCommands(program: Command): void {
  withExamples(
    verb(program, 'pause', 'pause a campaign at the next edge of a round').action(
      async (id: string, options: SteeringOptions) =>
        finish((await import('../steering/pause-campaign.js')).pauseCampaign(id, options)),
    ),
    'laser pause quickstart --why "the GPU is needed"',
  );
  withExamples(
    verb(program, 'resume', 'let a paused campaign go on').action(async (id: string, options: SteeringOptions) =>
      finish((await import('../steering/resume-campaign.js')).resumeCampaign(id, options)),
    ),
    'laser resume quickstart',
  );
  withExamples(
    verb(program, 'stop', 'stop a campaign after the round under way, everything saved')
      .option('--now', 'give up the round under way; every finished step is kept')
      .action(async (id: string, options: SteeringOptions & { now?: boolean }) =>
        finish((await import('../steering/stop-campaign.js')).stopCampaign(id, options)),
      ),
    'laser stop quickstart --now --why "wrong data"',
  );
  withExamples(
    verb(program, 'set', 'change settings while a campaign runs')
      .argument('<settings...>', 'alpha=…, posteriorScale=…, learningRate=…, prefetchRounds=… or everyIterations=…')
      .action(async (id: string, settings: string[], options: SteeringOptions) =>
        finish((await import('../steering/set-settings.js')).setSettings(id, settings, options)),
      ),
    'laser set quickstart learningRate=1e-4 prefetchRounds=2 --why "the loss jumps"',
  );
  addArmCommands(program);
  withExamples(
    verb(program, 'approve', 'let a campaign publish the policy it waits with')
      .option('--reject', 'do not publish it; the campaign stops with the policy before')
      .action(async (id: string, options: SteeringOptions & { reject?: boolean }) =>
        finish((await import('../steering/approve-policy.js')).approvePolicy(id, options)),
      ),
    'laser approve nightly-2026-11-24T03:00:00Z --why "looked at 20 answers"',
  );
}

function addArmCommands(program: Command): void {
  const rm = program.command('rm').description('add, remove, mask and unmask reward models while a campaign runs');
  withExamples(
    verb(rm, 'add', 'let the bandit ask a further reward model from the next round on')
      .argument('<file>', 'YAML with one entry, as under rewardModels of a campaign file')
      .action(async (id: string, file: string, options: SteeringOptions) =>
        finish((await import('../steering/add-reward-model.js')).addRewardModel(id, file, options)),
      ),
    'laser up campaign.yaml --reward-model rm-new.yaml   # embedded models must be served first',
    'laser rm add quickstart rm-new.yaml --why "trained on last week\'s labels"',
  );
  for (const [action, description, why] of [
    ['remove', 'never ask a reward model again', 'it prefers long answers'],
    ['mask', 'do not ask a reward model until it is unmasked', 'its server is down until noon'],
    ['unmask', 'ask a masked reward model again', 'its server is back'],
  ] as const) {
    withExamples(
      verb(rm, action, description)
        .argument('<rewardModel>', 'its id')
        .action(async (id: string, rewardModelId: string, options: SteeringOptions) =>
          finish((await import('../steering/change-arm.js')).changeArm(action, id, rewardModelId, options)),
        ),
      `laser rm ${action} quickstart rm-noise --why "${why}"`,
    );
  }
}

function verb(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .argument('<campaign>', 'campaign id')
    .option('--why <text>', 'why; kept in the campaign’s event log')
    .option('--json', 'print JSON on stdout');
}

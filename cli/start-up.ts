import { readEnvironment } from '../config/environment';
import { loadCampaign } from '../config/load-campaign';
import { loadRewardModel } from '../config/load-reward-model';
import { resolveModels, type EmbeddedModel } from '../config/resolve-models';
import { askedModels } from '../contract/reward-models-of';
import type { UpOutput } from '../contract/cli-output/machine';
import { readRuntimeFile } from '../workers/embedded/runtime-file';
import { startEmbedded } from '../workers/embedded/start-embedded';
import { CommandError, exitCodes, type ExitCode } from './command-error';

export interface UpOptions {
  /** Files with one reward model each, to be served beside those of the campaign files. */
  rewardModel?: string[];
  json?: boolean;
}

/** `laser up [file...]`: everything on this machine, until it is interrupted or `laser down` ends it. */
export async function startUp(files: readonly string[], options: UpOptions): Promise<ExitCode> {
  const environment = readEnvironment();
  const present = await readRuntimeFile(environment.LASER_HOME);
  if (present?.alive === true) {
    throw new CommandError(
      `It is up already (process ${present.pid}), Temporal UI at ${present.uiUrl}.`,
      exitCodes.environment,
    );
  }
  const { models, rewardModelIds } = await modelsOf(files, options.rewardModel ?? []);
  const say = (message: string) => void process.stderr.write(`${message}\n`);
  const interrupted = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  const runtime = await startEmbedded({ environment, models, rewardModelIds, onMessage: say });
  try {
    const { temporalAddress, uiUrl, modelServer } = runtime;
    const served = Object.fromEntries(models.map(({ name, path }) => [name, path]));
    const output: UpOutput = {
      ...{ pid: process.pid, temporalAddress, uiUrl, modelServer },
      ...{ models: served, rewardModels: rewardModelIds },
    };
    if (options.json === true) process.stdout.write(`${JSON.stringify(output)}\n`);
    say('Up. Ctrl-C or `laser down` stops it; campaigns and schedules go on from where they are when it is up again.');
    await Promise.race([interrupted, runtime.failed]);
    return exitCodes.done;
  } finally {
    await runtime.stop();
  }
}

async function modelsOf(campaignFiles: readonly string[], rewardModelFiles: readonly string[]) {
  const models = new Map<string, EmbeddedModel>();
  const rewardModelIds = new Set<string>();
  for (const file of campaignFiles) {
    const resolved = await resolveModels(file, await loadCampaign(file));
    for (const model of resolved.embeddedModels) addModel(models, model, file);
    for (const { id } of askedModels(resolved)) rewardModelIds.add(id);
  }
  for (const file of rewardModelFiles) {
    const { rewardModel, embeddedModels } = await loadRewardModel(file);
    for (const model of embeddedModels) addModel(models, model, file);
    rewardModelIds.add(rewardModel.id);
  }
  return { models: [...models.values()], rewardModelIds: [...rewardModelIds] };
}

function addModel(models: Map<string, EmbeddedModel>, model: EmbeddedModel, file: string): void {
  const known = models.get(model.name);
  if (known && known.path !== model.path) {
    const message = `${file}: model name "${model.name}" stands for ${known.path} in another file; give one of them another servedModel`;
    throw new CommandError(message, exitCodes.usage);
  }
  models.set(model.name, model);
}

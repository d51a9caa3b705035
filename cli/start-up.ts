import { readEnvironment } from '../config/environment';
import { loadCampaign } from '../config/load-campaign';
import { resolveModels, type EmbeddedModel } from '../config/resolve-models';
import { readRuntimeFile } from '../workers/embedded/runtime-file';
import { startEmbedded } from '../workers/embedded/start-embedded';
import { CommandError, exitCodes, type ExitCode } from './command-error';

/** `laser up [file...]`: everything on this machine, until it is interrupted. */
export async function startUp(files: readonly string[]): Promise<ExitCode> {
  const environment = readEnvironment();
  const present = await readRuntimeFile(environment.LASER_HOME);
  if (present?.alive === true) {
    throw new CommandError(
      `It is up already (process ${present.pid}), Temporal UI at ${present.uiUrl}.`,
      exitCodes.environment,
    );
  }
  const models = new Map<string, EmbeddedModel>();
  const rewardModelIds = new Set<string>();
  for (const file of files) {
    const { embeddedModels, rewardModels } = await resolveModels(file, await loadCampaign(file));
    for (const model of embeddedModels) addModel(models, model, file);
    for (const { id } of rewardModels) rewardModelIds.add(id);
  }
  const say = (message: string) => void process.stderr.write(`${message}\n`);
  const interrupted = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  const runtime = await startEmbedded({
    environment,
    models: [...models.values()],
    rewardModelIds: [...rewardModelIds],
    onMessage: say,
  });
  try {
    say('Up. Ctrl-C stops it; campaigns and schedules go on from where they are when it is up again.');
    await Promise.race([interrupted, runtime.failed]);
    return exitCodes.done;
  } finally {
    await runtime.stop();
  }
}

function addModel(models: Map<string, EmbeddedModel>, model: EmbeddedModel, file: string): void {
  const known = models.get(model.name);
  if (known && known.path !== model.path) {
    const message = `${file}: model name "${model.name}" stands for ${known.path} in another file; give one of them another servedModel`;
    throw new CommandError(message, exitCodes.usage);
  }
  models.set(model.name, model);
}

import { ArtifactStore } from '../../artifact-store';
import { scoreTexts } from '../../activities/scorers';
import type { Environment } from '../../config/environment';
import { loadCampaign } from '../../config/load-campaign';
import { resolveCampaign, type Resolution } from '../../config/resolve-campaign';
import { promptRecord } from '../../contract/round';
import { servedParts, type ResolvedRewardModel, type ServerAddress } from '../../contract/reward-model';
import { askedModels } from '../../contract/reward-models-of';
import { embedPrompts, generateCompletions, listModels } from '../../model-server';
import { activityDependencies } from '../../workers/activity-dependencies';
import { readRuntimeFile } from '../../workers/embedded/runtime-file';
import { findingOf, type Finding } from './finding';

/** A campaign file, its data, and every server it names: reachable, the right model, one real answer. */
export async function* checkCampaign(file: string, environment: Environment): AsyncGenerator<Finding> {
  const store = new ArtifactStore(environment.LASER_STORE);
  let resolution: Resolution | null = null;
  yield await findingOf(
    'Campaign file',
    'correct what the lines name; docs/reference/campaign.md has every key',
    async () => {
      resolution = await resolveCampaign(file, await loadCampaign(file), store);
      return `${file}: ${resolution.campaign.rewardModels.length} reward models, data read`;
    },
  );
  if (resolution === null) return;
  const { campaign } = resolution as Resolution;
  const runtime = await readRuntimeFile(environment.LASER_HOME);
  const modelServer = runtime?.alive === true ? (runtime.modelServer ?? undefined) : environment.LASER_MODEL_SERVER;
  const dependencies = activityDependencies({ ...environment, LASER_MODEL_SERVER: modelServer });
  const reachable = (address: ServerAddress) => address !== 'embedded' || modelServer !== undefined;
  const { prompt, answer } = (await store.getJsonLines(campaign.heldOutPrompts, promptRecord))[0]!;
  const { serving } = campaign;

  if (reachable(serving.server)) {
    yield findingOf(
      'Generation',
      `start the server ${serving.server} with the model ${serving.servedModel}`,
      async () => {
        const server = dependencies.modelServer(serving.server);
        const names = (await listModels(server)).map(({ id }) => id);
        if (!names.includes(serving.servedModel))
          throw new Error(`${server.baseUrl} serves ${names.join(', ')}, not ${serving.servedModel}`);
        const sampling = {
          temperature: 0,
          topP: 1,
          topK: 0,
          minP: 0,
          repetitionPenalty: 1,
          maxTokens: 1,
          stop: [],
          seed: 0,
        };
        await generateCompletions(server, {
          model: serving.servedModel,
          prompts: [prompt],
          completionsPerPrompt: 1,
          addSpecialTokens: true,
          sampling,
        });
        return `${server.baseUrl} answers for ${serving.servedModel}`;
      },
    );
  }
  if (reachable(serving.contextServer)) {
    yield findingOf('Contexts', 'a vLLM server for contexts runs with --runner pooling --convert embed', async () => {
      const server = dependencies.modelServer(serving.contextServer);
      const [vector] = await embedPrompts(server, {
        model: serving.servedModel,
        prompts: [prompt],
        addSpecialTokens: true,
      });
      return `${server.baseUrl} gives vectors of ${vector?.length} numbers`;
    });
  }
  const isReachable = (rewardModel: ResolvedRewardModel) =>
    servedParts(rewardModel).every(({ server }) => reachable(server));
  for (const rewardModel of askedModels(campaign).filter(isReachable)) {
    yield findingOf(`Reward model ${rewardModel.id}`, mendOf(rewardModel), async () => {
      const items = [{ prompt, completion: answer ?? 'a', answer }];
      const world = { ...dependencies, signal: AbortSignal.timeout(60_000) };
      const { scores, missingBy } = await scoreTexts(world, rewardModel, items);
      const [score] = scores;
      const where = whereOf(rewardModel);
      if (typeof score !== 'number') throw new Error(`${where} gave no score: ${Object.keys(missingBy).join(', ')}`);
      return `${where} scores as ${rewardModel.kind} (${score.toFixed(3)})`;
    });
  }
}

function whereOf(rewardModel: ResolvedRewardModel): string {
  const servers = servedParts(rewardModel).map(({ server }) => server);
  return servers.length === 0 ? 'this machine' : [...new Set(servers)].join(' and ');
}

function mendOf(rewardModel: ResolvedRewardModel): string {
  const models = servedParts(rewardModel).map(({ server, servedModel }) => `${server} with the model ${servedModel}`);
  return models.length === 0
    ? 'correct its rule in the campaign file'
    : `start the server ${models.join(', and ')}; docs/reward-models.md has what each kind needs`;
}

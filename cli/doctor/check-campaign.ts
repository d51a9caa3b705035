import { ArtifactStore } from '../../artifact-store';
import { scorers } from '../../activities/scorers';
import type { Environment } from '../../config/environment';
import { loadCampaign } from '../../config/load-campaign';
import { resolveCampaign, type Resolution } from '../../config/resolve-campaign';
import { promptRecord } from '../../contract/round';
import type { ServerAddress } from '../../contract/reward-model';
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
  const prompt = (await store.getJsonLines(campaign.heldOutPrompts, promptRecord))[0]!.prompt;
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
  for (const rewardModel of campaign.rewardModels.filter(({ server }) => reachable(server))) {
    const name = `Reward model ${rewardModel.id}`;
    yield findingOf(
      name,
      `start the server ${rewardModel.server} with the model ${rewardModel.servedModel}`,
      async () => {
        const server = dependencies.modelServer(rewardModel.server);
        const items = [{ prompt, completion: 'a' }];
        const signal = AbortSignal.timeout(60_000);
        const [score] = await scorers[rewardModel.kind](server, rewardModel as never, items, signal);
        if (score === null || score === undefined) throw new Error(`${server.baseUrl} gave no finite score`);
        return `${server.baseUrl} scores (${score.toFixed(3)})`;
      },
    );
  }
}

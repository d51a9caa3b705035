import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createActivities, type Activities } from '../../activities';
import { canonicalJson, type ArtifactStore } from '../../artifact-store';
import { mediaTypes, type ArtifactRef } from '../../contract/artifact';
import type { PolicyServing, PolicyVersion } from '../../contract/policy';
import type { PromptRecord } from '../../contract/round';
import { createModelServer, type ModelServer } from '../../model-server';
import { useTemporaryStore } from '../artifact-store/temporary-store';
import { logprobOf, startVllm, tokensOf, type Vllm } from './start-vllm';

export const label = { campaignId: 'campaign', iteration: 1, round: 1 };
export const prompts: PromptRecord[] = [
  { promptId: 'a', prompt: '1+1=', answer: '2', category: 'sum' },
  { promptId: 'b', prompt: '2*3=', answer: '6', category: 'product' },
];

/** The activities over a store and a server of this test alone, in an activity's context. */
export function useActivityWorld() {
  const store = useTemporaryStore();
  let vllm: Vllm;
  let client: ModelServer;
  let activities: Activities;
  beforeEach(async () => {
    vllm = await startVllm();
    client = createModelServer({ baseUrl: vllm.baseUrl, timeoutMs: 10_000, maxResponseBytes: 1 << 24 });
    activities = createActivities({ store: store(), modelServer: () => client });
  });
  afterEach(async () => {
    client.close();
    await vllm.close();
  });

  const environment = (attempt = 1) => new MockActivityEnvironment({ attempt }, { logger: new DefaultLogger('ERROR') });
  const putPlan = async (records: PromptRecord[], category: string | null = null) => {
    const promptBatch = await store().putJsonLines(records);
    return store().putJson({
      batches: [
        { promptBatch, category },
        { promptBatch, category },
      ],
    });
  };
  return {
    store,
    vllm: () => vllm,
    client: () => client,
    environment,
    run: <Name extends keyof Activities>(
      name: Name,
      input: Parameters<Activities[Name]>[0],
      attempt?: number,
    ): ReturnType<Activities[Name]> =>
      environment(attempt).run(activities[name] as never, input) as ReturnType<Activities[Name]>,
    activities: () => activities,
    putPlan,
    policy: (iteration = 0, adapter: ArtifactRef | null = null) => putPolicy(store(), iteration, adapter),
    putAdapter: (weights: string) => putAdapter(store(), weights),
  };
}

export const serving: PolicyServing = {
  baseModel: { name: 'policy', path: '/models/policy', revision: 'rev' },
  server: 'embedded',
  servedModel: 'policy',
  contextServer: 'embedded',
  promptFormat: 'text',
  fingerprintTolerance: 1e-3,
};

/** A policy version under the fingerprint that the server has, or one that is `off` by so many nats a token. */
export async function putPolicy(
  store: ArtifactStore,
  iteration: number,
  adapter: ArtifactRef | null,
  off = 0,
): Promise<PolicyVersion> {
  const probes = ['1+1=2', '2*3=6'].map(tokensOf);
  const logprobs = probes.map((ids) => logprobOf(ids) + off * (ids.length - 1));
  return { iteration, adapter, fingerprint: await store.putJson({ probes, logprobs }) };
}

async function putAdapter(store: ArtifactStore, weights: string): Promise<ArtifactRef> {
  const { sha256, bytes } = await store.putBytes(Buffer.from(weights), mediaTypes.safetensors);
  const manifest = { files: { 'adapter_model.safetensors': { sha256, bytes } } };
  return store.putBytes(Buffer.from(canonicalJson(manifest)), mediaTypes.bundle);
}

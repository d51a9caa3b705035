import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';

export type CampaignContent = Record<string, unknown>;

/** The least that a campaign file must have, on the models and data of `useCampaignFolder`. */
export const smallest: CampaignContent = {
  name: 'small',
  promptBatchSize: 1,
  policy: { model: 'policy' },
  data: { train: 'train.jsonl', heldOut: 'held-out.jsonl' },
  rewardModels: [{ id: 'rm-one', kind: 'classify', model: 'rm-one' }],
};

/** A folder for each test with two models and data, in which files can be put; removed afterwards. */
export function useCampaignFolder() {
  let folder = '';
  const put = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'laser-config-'));
    for (const model of ['policy', 'rm-one']) {
      put(`${model}/config.json`, '{}');
      put(`${model}/model.safetensors`, `weights of ${model}`);
    }
    put('train.jsonl', '{"prompt":"1+1=","answer":"2"}\n{"prompt":"1+2=","answer":"3"}\n');
    put('held-out.jsonl', '{"prompt":"2+2=","answer":"4"}\n');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return {
    path: (...names: string[]) => join(folder, ...names),
    put,
    /** Writes campaign.yaml: the smallest campaign with these keys in place of its own. */
    putCampaign: (changes: CampaignContent = {}) => put('campaign.yaml', stringify({ ...smallest, ...changes })),
  };
}

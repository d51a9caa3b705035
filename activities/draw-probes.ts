import { cancellationSignal } from '@temporalio/activity';
import { z } from 'zod';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { policyServing } from '../contract/policy';
import { promptRecord } from '../contract/round';
import { stepLabel } from '../contract/training';
import { tokenize } from '../model-server';
import type { ActivityDependencies } from './dependencies';

const probeCount = 4;
const probeTokens = 64;

const input = z.strictObject({ label: stepLabel, serving: policyServing, prompts: artifactRef });
export type DrawProbesInput = z.infer<typeof input>;

/**
 * Fixed token sequences for the fingerprint of every policy version: a few held-out prompts with their answers behind,
 * so that the tokens which training moves are among them.
 * @returns at most 4 sequences of at most 64 token ids.
 */
export async function drawProbes(dependencies: ActivityDependencies, raw: DrawProbesInput) {
  const { label, serving, prompts } = input.parse(raw);
  const { store, modelServer } = dependencies;
  return runStep(store, {
    name: 'drawProbes',
    version: 1,
    label,
    inputs: { prompts, baseModel: serving.baseModel.revision },
    work: async () => {
      const signal = cancellationSignal();
      const records = await store.getJsonLines(prompts, promptRecord);
      const stride = Math.max(1, Math.floor(records.length / probeCount));
      const chosen = records.filter((_, index) => index % stride === 0).slice(0, probeCount);
      const probes = await Promise.all(
        chosen.map(async (record) => {
          const { tokenIds } = await tokenize(
            modelServer(serving.server),
            { model: serving.servedModel, prompt: record.prompt + (record.answer ?? ''), addSpecialTokens: true },
            { signal },
          );
          return tokenIds.slice(-probeTokens);
        }),
      );
      // The first token of a sequence has no probability, so one token alone tells nothing.
      const telling = probes.filter((tokenIds) => tokenIds.length > 1);
      if (telling.length === 0) throw new RangeError('The held-out prompts have fewer than two tokens each.');
      return { probes: telling };
    },
  });
}

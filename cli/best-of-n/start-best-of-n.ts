import type { Client } from '@temporalio/client';
import { canonicalJson, sha256 } from '../../artifact-store';
import type { ResolvedBestOfN } from '../../contract/best-of-n-run';
import type { bestOfNWorkflow } from '../../workflows';
import { fixedAttributes } from '../../workflows/search-attributes';
import { startOrJoin } from '../start-or-join';

/** Starts a best-of-n, or joins it if the very same one runs. */
export function startBestOfN(client: Client, bestOfN: ResolvedBestOfN) {
  const { name, sampling, dataset } = bestOfN;
  return startOrJoin<typeof bestOfNWorkflow>(client, {
    ...{ id: name, type: 'bestOfNWorkflow', what: 'best-of-n', configuration: sha256(canonicalJson(bestOfN)) },
    input: (searchable) => ({ bestOfNId: name, bestOfN, searchable }),
    attributes: fixedAttributes(name, bestOfN),
    summary: `best of ${sampling.completionsPerPrompt} on ${dataset}`,
  });
}

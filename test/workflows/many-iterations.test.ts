import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { withAllEvaluations } from '../../activities/with-all-evaluations';
import { canonicalJson } from '../../artifact-store';
import type { EvaluationLogLink } from '../../contract/evaluation';
import { useTemporaryStore } from '../artifact-store/temporary-store';
import { payloadSizes } from '../replay/recorded-history';
import { durability, useWorkflowWorld } from './workflow-world';

const world = useWorkflowWorld();
const store = useTemporaryStore();
const iterations = 60;
const maxPayloadBytes = 16 * 1024;

test('over 60 iterations no payload of a campaign passes 16 KB, and every evaluation is known', async () => {
  const handle = await world.start({ iterations, roundsPerIteration: 1, durability });
  const result = await handle.result();
  const { runId } = await handle.describe();
  const history = await world.client().workflow.getHandle(handle.workflowId, runId).fetchHistory();
  const sizes = payloadSizes(JSON.parse(historyToJSON(history)));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(maxPayloadBytes);
  expect(canonicalJson(result).length).toBeLessThanOrEqual(maxPayloadBytes);

  expect(result.evaluations.map(({ iteration }) => iteration)).toEqual([0, 58, 59, 60]);
  expect(result.earlierEvaluations).toMatchObject({ count: 57, seconds: 57 });
  for (let log = result.earlierEvaluations?.log ?? null; log !== null;) {
    const link = world.value(log) as EvaluationLogLink;
    await store().putJson(link);
    log = link.previous;
  }
  const all = await withAllEvaluations(store(), result);
  expect(all.evaluations.map(({ iteration }) => iteration)).toEqual(Array.from({ length: 61 }, (_, index) => index));
  expect(all.evaluations[50]).toMatchObject({ byCategory: [{ correct: 50 }] });
  expect(all.earlierEvaluations).toBeNull();
}, 300_000);

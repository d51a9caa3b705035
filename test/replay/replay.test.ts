import { Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { builtWorkflows } from '../workflows/built-workflows';
import { activityIds, payloadSizes, recordedHistories, withOtherDecision } from './recorded-history';

const maxPayloadBytes = 16 * 1024;
const maxEventsPerRound = 30;
/** Start, first workflow task (three events) and end, and drawing the prompt batches (six): however many rounds there are. */
const eventsOfEveryRun = 11;

describe('histories of a real campaign', () => {
  const histories = recordedHistories();
  const iterations = histories.filter(({ workflowId }) => workflowId.includes('/it-'));
  let workflowBundle: ReturnType<typeof builtWorkflows>;

  beforeAll(() => {
    Runtime.install({ telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } } });
    workflowBundle = builtWorkflows();
  }, 60_000);

  it('are there: a campaign and its iterations, with continue-as-new in both', () => {
    const runs = new Map<string, number>();
    for (const { workflowId } of histories) runs.set(workflowId, (runs.get(workflowId) ?? 0) + 1);
    expect(runs.get('laser-ci')).toBeGreaterThan(1);
    expect(runs.get('laser-ci/it-01')).toBeGreaterThan(1);
    expect(runs.get('laser-ci/it-02')).toBeGreaterThan(1);
  });

  it('are there: a comparison and a best-of-n', () => {
    const recorded = histories.map(({ workflowId }) => workflowId);
    expect(recorded).toEqual(expect.arrayContaining(['laser-two-ways', 'laser-few-answers']));
  });

  it.each(histories)('$name replays', async ({ history, workflowId }) => {
    await Worker.runReplayHistory({ workflowBundle }, history, workflowId);
  });

  it('does not replay when a decision names another reward model', async () => {
    const decided = iterations.flatMap((recorded) =>
      activityIds(recorded).flatMap((id) => (/-score-(.+)$/.exec(id)?.[1] !== undefined ? [{ recorded, id }] : [])),
    )[0]!;
    const chosen = decided.id.replace(/^.*-score-/, '');
    const other = chosen === 'rm-noise' ? 'rm-sum' : 'rm-noise';
    const { history, workflowId } = decided.recorded;
    const changed = withOtherDecision(history, chosen, other);
    await expect(Worker.runReplayHistory({ workflowBundle }, changed, workflowId)).rejects.toThrow(
      DeterminismViolationError,
    );
  });

  it.each(histories)('$name holds no payload over 16 KB', ({ history }) => {
    const sizes = payloadSizes(history);
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(maxPayloadBytes);
  });

  it.each(iterations)('$name has at most 30 events a round', (recorded) => {
    const rounds = new Set(activityIds(recorded).flatMap((id) => /-r(\d+)-train$/.exec(id)?.[1] ?? [])).size;
    expect(rounds).toBeGreaterThan(0);
    expect((recorded.history.events.length - eventsOfEveryRun) / rounds).toBeLessThanOrEqual(maxEventsPerRound);
  });

  it.each(iterations)('$name names iteration, round, step and reward model in its activity ids', (recorded) => {
    const ids = activityIds(recorded);
    expect(ids).toHaveLength(new Set(ids).size);
    for (const id of ids) {
      expect(id).toMatch(/^i\d{2}-(draw-prompt-batches|r\d{4}-(embed|generate|train|score-[a-z0-9-]+))$/);
    }
  });
});

import { defaultPayloadConverter } from '@temporalio/common';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { historyFacts } from '../../../cli/report/history-facts';
import type { HistoryEvent } from '../../../cli/report/history-event';
import type { CampaignInput } from '../../../contract/campaign-run';
import { recordedHistories } from '../../replay/recorded-history';

const facts = Object.fromEntries(
  recordedHistories().map(({ name, workflowId, history }) => [
    name.replace('laser-ci.', '').replace('.json', ''),
    historyFacts(workflowId, historyFromJSON(history).events ?? []),
  ]),
);

describe('the histories of a real campaign', () => {
  it('say what was begun, when, and which run went on from which', () => {
    expect((facts['run-1']!.input as CampaignInput).campaign.name).toBe('ci');
    expect(facts['run-1']).toMatchObject({ workflowType: 'campaignWorkflow', previousRunId: null, isOver: true });
    expect(facts['run-1']!.nextRunId).toMatch(/^[0-9a-f-]{36}$/);
    expect(facts['run-2']).toMatchObject({ previousRunId: expect.stringMatching(/-/), nextRunId: null, isOver: true });
    expect(facts['run-1']!.startedAt < facts['run-2']!.startedAt).toBe(true);
  });

  it('name the iterations', () => {
    expect(facts['run-1']!.children).toEqual([{ workflowId: 'laser-ci/it-01', runId: expect.any(String) }]);
    expect(facts['run-2']!.children).toEqual([{ workflowId: 'laser-ci/it-02', runId: expect.any(String) }]);
  });

  it('hold the newest link of the logs, as each run wrote them', () => {
    for (const run of ['it-01.run-1', 'it-01.run-2', 'it-02.run-2']) {
      expect(facts[run]!.roundLog!.ref.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    const links = ['it-01.run-1', 'it-01.run-2', 'it-02.run-1', 'it-02.run-2'].map((run) => facts[run]!.roundLog!);
    expect(links.map(({ at }) => at)).toEqual(links.map(({ at }) => at).toSorted());
    expect(new Set(links.map(({ ref }) => ref.sha256)).size).toBe(4);
    expect(facts['run-2']!.checkpoints!.ref).not.toEqual(facts['run-1']!.checkpoints!.ref);
  });

  it('had no faults', () => {
    for (const { retries, workflowTaskFaults } of Object.values(facts)) {
      expect({ retries, workflowTaskFaults }).toEqual({ retries: [], workflowTaskFaults: 0 });
    }
  });
});

describe('faults in a history', () => {
  const time = (seconds: number) => ({ eventTime: { seconds, nanos: 0 } });
  const scheduled = (eventId: number, activityId: string) => ({
    ...{ eventId, ...time(eventId), activityTaskScheduledEventAttributes: { activityId } },
  });
  const started = (eventId: number, of: number, attempt: number, lastFailure: object | null = null) => ({
    ...{
      eventId,
      ...time(eventId),
      activityTaskStartedEventAttributes: { scheduledEventId: of, attempt, lastFailure },
    },
  });
  const closed = (
    eventId: number,
    of: number,
    how: 'Completed' | 'Failed' | 'TimedOut' | 'Canceled',
    failure?: object,
  ) => ({
    ...{ eventId, ...time(eventId), [`activityTask${how}EventAttributes`]: { scheduledEventId: of, failure } },
  });
  const failure = {
    message: 'activity failed',
    cause: { message: 'connection refused', applicationFailureInfo: { type: 'ServerUnavailable' } },
  };
  const stepsOf = (...events: object[]) => historyFacts('w', events).retries;

  it('a step that succeeded at last survived all its failed attempts', () => {
    expect(stepsOf(scheduled(5, 'i01-r0001-train'), started(6, 5, 4, failure), closed(7, 5, 'Completed'))).toEqual([
      {
        ...{ workflowId: 'w', step: 'i01-r0001-train', failedAttempts: 3, outcome: 'survived' },
        ...{ lastFailure: 'connection refused (ServerUnavailable)', at: '1970-01-01T00:00:06.000Z' },
      },
    ]);
  });

  it('a step that was given up counts its last attempt too', () => {
    const timeout = { message: 'activity Heartbeat timeout' };
    expect(stepsOf(scheduled(5, 'a'), started(6, 5, 8, failure), closed(7, 5, 'TimedOut', timeout))).toMatchObject([
      { failedAttempts: 8, lastFailure: 'activity Heartbeat timeout', outcome: 'failed' },
    ]);
    expect(stepsOf(scheduled(5, 'a'), started(6, 5, 1), closed(7, 5, 'Failed', failure))).toMatchObject([
      { failedAttempts: 1, outcome: 'failed' },
    ]);
  });

  it('a step that went well at once, was cancelled, or is open is no fault', () => {
    expect(stepsOf(scheduled(5, 'a'), started(6, 5, 1), closed(7, 5, 'Completed'))).toEqual([]);
    expect(stepsOf(scheduled(5, 'a'), started(6, 5, 1), closed(7, 5, 'Canceled'))).toEqual([]);
    expect(stepsOf(scheduled(5, 'a'))).toEqual([]);
  });

  it('a local activity is counted by its marker; one that waits for a further attempt has another', () => {
    const local = (attempt: number, { backoff = null as object | null, failed = null as object | null } = {}) => {
      const about = { seq: 1, attempt, activity_id: '1', activity_type: 'recordRound', backoff };
      const payloads = [defaultPayloadConverter.toPayload(about)];
      return {
        ...{ eventId: 9, ...time(9) },
        markerRecordedEventAttributes: {
          ...{ markerName: 'core_local_activity', details: { data: { payloads } }, failure: failed },
        },
      };
    };
    const counted = { workflowId: 'w', step: 'recordRound', at: '1970-01-01T00:00:09.000Z' };
    expect(stepsOf(local(1))).toEqual([]);
    expect(stepsOf(local(2, { backoff: { seconds: 60 }, failed: failure }), local(4))).toEqual([
      { ...counted, failedAttempts: 3, lastFailure: 'no failure was recorded', outcome: 'survived' },
    ]);
    expect(stepsOf(local(10, { failed: failure }))).toEqual([
      { ...counted, failedAttempts: 10, lastFailure: 'connection refused (ServerUnavailable)', outcome: 'failed' },
    ]);
  });

  it('workflow tasks: a lost worker counts, what Temporal does by design does not', () => {
    const events = [
      { workflowTaskTimedOutEventAttributes: { scheduledEventId: 2 } },
      { workflowTaskFailedEventAttributes: { cause: 1 } },
      { workflowTaskFailedEventAttributes: { cause: 20 } },
      { workflowTaskFailedEventAttributes: { cause: 23 } },
    ];
    expect(historyFacts('w', events as HistoryEvent[]).workflowTaskFaults).toBe(2);
  });
});

import Table from 'cli-table3';
import type { ScheduleDescription } from '@temporalio/client';
import type { ScheduledCampaignInput } from '../../contract/scheduled-campaign';
import type { RunOfSchedule } from './runs-of-schedule';
import { timesOf } from './times-of';

const shownTimes = 3;

/** A schedule on stdout: what it runs, when, how, and what came of its newest runs. */
export function showSchedule(description: ScheduleDescription, runs: RunOfSchedule[], json: boolean): void {
  const view = viewOf(description);
  process.stdout.write(
    json ? `${JSON.stringify({ ...view, runs }, null, 2)}\n` : `${linesOf(view, runs).join('\n')}\n`,
  );
}

function viewOf({ scheduleId, spec, policies, state, info, action }: ScheduleDescription) {
  const { file, seed, continueFrom, gate } = action.args?.[0] as ScheduledCampaignInput;
  return {
    scheduleId,
    file,
    seed: seed ?? null,
    continueFrom,
    gate,
    times: timesOf(spec),
    timeZone: spec.timezone || 'UTC',
    jitterSeconds: (spec.jitter ?? 0) / 1000,
    overlap: (policies.overlap ?? 'SKIP').toLowerCase().replace('_', '-'),
    catchUpSeconds: policies.catchupWindow / 1000,
    pauseOnFailure: policies.pauseOnFailure,
    paused: state.paused,
    note: state.note ?? null,
    next: info.nextActionTimes.slice(0, shownTimes).map((time) => time.toISOString()),
    started: info.numActionsTaken,
    skipped: info.numActionsSkippedOverlap,
    missed: info.numActionsMissedCatchupWindow,
  };
}

function linesOf(view: ReturnType<typeof viewOf>, runs: RunOfSchedule[]): string[] {
  const { overlap, jitterSeconds, catchUpSeconds, pauseOnFailure } = view;
  const lines = [
    `${view.scheduleId}: ${view.paused ? `paused (${view.note || 'no note'})` : `runs next at ${view.next.join(', ') || 'no time'}`}`,
    `campaign file   ${view.file}${view.seed === null ? '' : `, seed ${view.seed}`}`,
    `times           ${view.times.join('; ')} (${view.timeZone}), jitter ${jitterSeconds} s`,
    `policies        overlap ${overlap}, catch-up ${catchUpSeconds} s, ${pauseOnFailure ? 'pauses' : 'goes on'} after a failure`,
    `continues from  ${view.continueFrom}${view.gate ? ', gated: not from a run that regressed' : ''}`,
    `so far          ${view.started} started, ${view.skipped} skipped, ${view.missed} missed`,
  ];
  if (runs.length === 0) return lines;
  const head = ['campaign', 'status', 'went on from', 'before', 'after'];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const { campaignId, status, continuedFrom, accuracy } of runs) {
    const from = continuedFrom ?? (accuracy === null ? '' : 'start');
    table.push([campaignId, status, from, percent(accuracy?.before), percent(accuracy?.after)]);
  }
  return [...lines, table.toString(), ...runs.flatMap(({ failure }) => failure ?? [])];
}

function percent(share: number | undefined): string {
  return share === undefined ? '' : `${(100 * share).toFixed(1)} %`;
}

import type { CampaignReport } from '../../contract/campaign-report';
import { formatMany, formatTime } from '../format-quantity';
import { codeCell, dataTable } from './data-table';
import type { Cell, Section } from './outline';

/** What happened beside the rounds: steering, faults and how they ended. */
export function eventsSection({ events, retries, workflowTaskFaults }: CampaignReport): Section {
  const failedAttempts = retries.reduce((sum, { failedAttempts: count }) => sum + count, 0);
  const survived = retries.filter(({ outcome }) => outcome === 'survived').length;
  const faults =
    retries.length === 0
      ? 'No step had to be tried again.'
      : `${formatMany(retries.length, 'step')} had to be tried again (${formatMany(failedAttempts, 'failed attempt')}); ${survived} of them then succeeded.`;
  const tasks =
    workflowTaskFaults === 0
      ? []
      : [
          `${formatMany(workflowTaskFaults, 'workflow task')} failed or timed out (a worker was stopped) and went on elsewhere.`,
        ];
  return {
    id: 'events',
    title: 'Events and faults',
    paragraphs: [faults, ...tasks],
    figures: [],
    tables: [
      ...(events.length === 0
        ? []
        : [
            dataTable(
              'Events',
              ['Time', 'Event', 'Iteration', 'By', 'What and why'],
              events.map(({ at, type, iteration, by, why, message }): Cell[] => [
                formatTime(at),
                type,
                String(iteration),
                by ?? 'campaign',
                why === null ? message : `${message} (${why})`,
              ]),
              5,
            ),
          ]),
      ...(retries.length === 0
        ? []
        : [
            dataTable(
              'Steps that were tried again',
              ['Newest attempt', 'Step', 'Failed attempts', 'Outcome', 'Last failure'],
              retries.map(({ at, step, failedAttempts: count, outcome, lastFailure }): Cell[] => [
                formatTime(at),
                codeCell(step),
                String(count),
                outcome,
                lastFailure,
              ]),
              5,
            ),
          ]),
    ],
  };
}

import type { z } from 'zod';
import { configurationDifference } from '../configuration-change';
import { campaignReport } from '../campaign-report';
import { bestOfNOutput, bestOfNStatusOutput } from './best-of-n';
import { campaignListOutput, runOutput, statusOutput, watchLine } from './campaign';
import { comparisonStatusOutput, compareDryRunOutput, compareOutput } from './comparison';
import { preparedData } from './data';
import { explainOutput, exportOutput, replayOutput, shownArtifact, shownRound } from './inspection';
import { doctorOutput, downOutput, gcOutput, initOutput, upOutput } from './machine';
import { scheduleActionOutput, scheduleListOutput, scheduleOutput } from './schedule';
import { steeringOutput } from './steering';

/** What each verb prints on stdout with `--json`; published under contract/json-schema/cli, by these names. */
export const cliOutputs = {
  init: initOutput,
  run: runOutput,
  'run-dry-run': configurationDifference,
  compare: compareOutput,
  'compare-dry-run': compareDryRunOutput,
  'best-of-n': bestOfNOutput,
  up: upOutput,
  down: downOutput,
  doctor: doctorOutput,
  status: statusOutput,
  'status-list': campaignListOutput,
  'status-comparison': comparisonStatusOutput,
  'status-best-of-n': bestOfNStatusOutput,
  'watch-line': watchLine,
  pause: steeringOutput,
  resume: steeringOutput,
  stop: steeringOutput,
  set: steeringOutput,
  approve: steeringOutput,
  'rm-add': steeringOutput,
  'rm-remove': steeringOutput,
  'rm-mask': steeringOutput,
  'rm-unmask': steeringOutput,
  'show-artifact': shownArtifact,
  'show-round': shownRound,
  explain: explainOutput,
  replay: replayOutput,
  report: campaignReport,
  export: exportOutput,
  gc: gcOutput,
  'data-prepare': preparedData,
  'schedule-create': scheduleOutput,
  'schedule-update': scheduleOutput,
  'schedule-describe': scheduleOutput,
  'schedule-list': scheduleListOutput,
  'schedule-pause': scheduleActionOutput,
  'schedule-unpause': scheduleActionOutput,
  'schedule-trigger': scheduleActionOutput,
  'schedule-backfill': scheduleActionOutput,
  'schedule-delete': scheduleActionOutput,
} satisfies Record<string, z.ZodType>;

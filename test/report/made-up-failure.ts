import type { ReportInputs } from '../../report';
import { madeUpCampaign } from './made-up-campaign';

/** Test data: the made-up campaign, given up in its second iteration. */
export function failedCampaign(): ReportInputs {
  const inputs = madeUpCampaign();
  const rounds = inputs.rounds.slice(0, 30);
  const evaluations = inputs.evaluations.slice(0, 2);
  const at = inputs.endedAt ?? inputs.madeAt;
  const none = { by: null, why: null };
  return {
    ...inputs,
    status: 'failed',
    failure:
      'Campaign made-up failed in iteration 2, round 7, while scoring with rm-sum: POST http://127.0.0.1:1/classify ' +
      'answered 404 (ModelNotFound). It was tried once. What to do: serve the model.',
    rounds,
    evaluations,
    compared: { first: inputs.compared!.first, last: { ...inputs.compared!.last, iteration: 1 } },
    iterationsDone: 1,
    events: [
      ...inputs.events.slice(0, 3),
      { at, type: 'failed', iteration: 1, ...none, message: 'The campaign failed.' },
    ],
    retries: [
      {
        workflowId: 'laser-made-up/it-01',
        step: 'i01-r0003-train',
        failedAttempts: 2,
        lastFailure: 'The trainer process ended with signal 9 (TrainerCrashed)',
        at: inputs.startedAt,
        outcome: 'survived',
      },
      {
        workflowId: 'laser-made-up/it-02',
        step: 'i02-r0007-score-rm-sum',
        failedAttempts: 1,
        lastFailure: 'POST http://127.0.0.1:1/classify answered 404 (ModelNotFound)',
        at,
        outcome: 'failed',
      },
    ],
    workflowTaskFaults: 1,
    notes: ['Temporal no longer keeps 1 of the campaign’s earlier runs: faults of that time are not counted.'],
  };
}

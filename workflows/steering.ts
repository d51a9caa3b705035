import { ApplicationFailure, getExternalWorkflowHandle, setHandler } from '@temporalio/workflow';
import { pauseUpdate, resumeUpdate, steerSignal, stopUpdate, type Steering, type SteeringAnswer } from './messages';

interface SteeredCampaign {
  campaignId: string;
  steering: Steering;
  /** Workflow id of the iteration under way. */
  runningIteration: () => string | null;
  isOver: () => boolean;
}

/** Lets people pause, resume and stop a campaign; an iteration under way hears of it by a signal. */
export function installSteering({ campaignId, steering, runningIteration, isOver }: SteeredCampaign): void {
  setHandler(pauseUpdate, () => steer({ paused: true }, 'pauses at the edge of the round under way.'), {
    validator: () => refuseIf(steering.paused, 'is paused already'),
    description: 'Pause at the next edge of a round',
  });
  setHandler(resumeUpdate, () => steer({ paused: false }, 'goes on.'), {
    validator: () => refuseIf(!steering.paused, 'is not paused'),
    description: 'Go on after a pause',
  });
  setHandler(
    stopUpdate,
    () => steer({ stopRequested: true }, 'stops after the round under way; everything is saved, and it can be run again.'),
    {
      validator: () => refuseIf(steering.stopRequested, 'is stopping already'),
      description: 'Stop after the round under way, everything saved',
    },
  );

  async function steer(change: Partial<Steering>, consequence: string): Promise<SteeringAnswer> {
    Object.assign(steering, change);
    const iteration = runningIteration();
    if (iteration !== null) await getExternalWorkflowHandle(iteration).signal(steerSignal, { ...steering });
    return { message: `Campaign ${campaignId} ${consequence}` };
  }

  function refuseIf(refused: boolean, why: string): void {
    if (isOver()) throw ApplicationFailure.nonRetryable(`Campaign ${campaignId} is over.`, 'Refused');
    if (refused) throw ApplicationFailure.nonRetryable(`Campaign ${campaignId} ${why}.`, 'Refused');
  }
}

import { ApplicationFailure, getExternalWorkflowHandle, setHandler } from '@temporalio/workflow';
import { pauseUpdate, resumeUpdate, steerSignal, stopUpdate, type Steering, type SteeringAnswer } from './messages';

interface SteeredCampaign {
  campaignId: string;
  steering: Steering;
  /** Workflow id of the iteration under way. */
  runningIteration: () => string | null;
  isOver: () => boolean;
  onChange: () => void;
}

/** Lets people pause, resume and stop a campaign; an iteration under way hears of it by a signal. */
export function installSteering({ campaignId, steering, runningIteration, isOver, onChange }: SteeredCampaign): void {
  setHandler(pauseUpdate, () => steer({ paused: true }, 'pauses at the edge of the round under way.'), {
    validator: () => refuse(stopping() ?? (steering.paused ? 'is paused already' : null)),
    description: 'Pause at the next edge of a round',
  });
  setHandler(resumeUpdate, () => steer({ paused: false }, 'goes on.'), {
    validator: () => refuse(stopping() ?? (steering.paused ? null : 'is not paused')),
    description: 'Go on after a pause',
  });
  setHandler(
    stopUpdate,
    () =>
      steer({ stopRequested: true }, 'stops after the round under way; everything is saved, and it can be run again.'),
    {
      validator: () => refuse(stopping()),
      description: 'Stop after the round under way, everything saved',
    },
  );

  async function steer(change: Partial<Steering>, consequence: string): Promise<SteeringAnswer> {
    Object.assign(steering, change);
    onChange();
    const iteration = runningIteration();
    if (iteration !== null) await tell(iteration);
    return { message: `Campaign ${campaignId} ${consequence}` };
  }

  async function tell(iteration: string): Promise<void> {
    try {
      await getExternalWorkflowHandle(iteration).signal(steerSignal, { ...steering });
    } catch {
      // It has ended at this very moment; the campaign itself looks at `steering` before the next.
    }
  }

  function stopping(): string | null {
    return steering.stopRequested ? 'is stopping already' : null;
  }

  /** A validator may not wait, and must throw a failure of Temporal's: any other would wedge the workflow. */
  function refuse(why: string | null): void {
    if (isOver()) throw ApplicationFailure.nonRetryable(`Campaign ${campaignId} is over.`, 'Refused');
    if (why !== null) throw ApplicationFailure.nonRetryable(`Campaign ${campaignId} ${why}.`, 'Refused');
  }
}

import { ApplicationFailure, getExternalWorkflowHandle, setHandler } from '@temporalio/workflow';
import type { CampaignEvent } from '../contract/campaign-event';
import type {
  ApprovalRequest,
  ArmChange,
  ArmRequest,
  SetRequest,
  SteeringAnswer,
  SteeringOrigin,
  StopRequest,
} from '../contract/steering';
import { isOver, type LiveCampaign } from './live-campaign';
import {
  approveUpdate,
  changeArmsUpdate,
  pauseUpdate,
  resumeUpdate,
  setUpdate,
  steerSignal,
  stopUpdate,
} from './messages';
import { changeRefusal, changeRewardModels } from './reward-model-changes';
import { settingsRefusal } from './settings-refusal';

interface SteeredCampaign {
  live: LiveCampaign;
  onChange: () => void;
  /** Gives up the iteration under way. */
  cancelIteration: () => void;
}

const atNextRound = 'from the next round on';

/** Lets people steer a campaign; an iteration under way hears of it by a signal, and every order is kept in the event log. */
export function installSteering({ live, onChange, cancelIteration }: SteeredCampaign): void {
  const { campaignId, campaign } = live.input;

  setHandler(
    pauseUpdate,
    (origin) => steer({ paused: true }, 'paused', 'pauses at the edge of the round under way', origin),
    {
      validator: (_origin) => refuse(stopping() ?? (live.steering.paused ? 'is paused already' : null)),
      description: 'Pause at the next edge of a round',
    },
  );
  setHandler(resumeUpdate, (origin) => steer({ paused: false }, 'resumed', 'goes on', origin), {
    validator: (_origin) => refuse(stopping() ?? (live.steering.paused ? null : 'is not paused')),
    description: 'Go on after a pause',
  });
  setHandler(
    stopUpdate,
    async (request) => {
      const now = request?.now === true;
      if (now) {
        live.stopNow = true;
        cancelIteration();
      }
      const when = now ? 'stops now; the round under way is given up' : 'stops after the round under way';
      const rest = 'every finished step is kept, and it can be run again';
      return steer({ stopRequested: true }, 'stopRequested', `${when}; ${rest}`, request);
    },
    {
      validator: (request: StopRequest | undefined) =>
        refuse(request?.now === true ? (live.stopNow ? 'is stopping already' : null) : stopping()),
      description: 'Stop after the round under way, or now; every finished step is kept',
    },
  );
  setHandler(
    setUpdate,
    (request) => {
      const settings = { ...live.steering.settings, ...request.settings };
      const list = Object.entries(request.settings).map(([name, value]) => `${name} = ${value}`);
      const changes = live.steering.changes + 1;
      return steer({ settings, changes }, 'settingsChanged', `takes ${list.join(', ')} ${atNextRound}`, request);
    },
    {
      validator: (request: SetRequest | undefined) =>
        refuse(stopping() ?? settingsRefusal(request?.settings, campaign)),
      description: 'Change alpha, posteriorScale, learningRate, prefetchRounds or everyIterations',
    },
  );
  setHandler(
    changeArmsUpdate,
    (request) => {
      const { change } = request;
      const { type, words } = armEvents[change.action];
      const rewardModelChanges = changeRewardModels(live.steering.rewardModelChanges, change);
      const changes = live.steering.changes + 1;
      return steer({ rewardModelChanges, changes }, type, `${words} ${change.rewardModelId} ${atNextRound}`, request);
    },
    {
      validator: (request: ArmRequest | undefined) =>
        refuse(stopping() ?? changeRefusal(campaign, live.steering.rewardModelChanges, request?.change)),
      description: 'Add, remove, mask or unmask a reward model',
    },
  );
  setHandler(
    approveUpdate,
    async (request) => {
      const { iteration } = live.approval!;
      live.approval = { iteration, approved: request.approve };
      const what = request.approve
        ? `publishes policy ${iteration} now`
        : `stops without publishing policy ${iteration}; the one before stays`;
      return steer({}, request.approve ? 'approved' : 'rejected', what, request);
    },
    {
      validator: (request: ApprovalRequest | undefined) => refuse(approvalRefusal(request)),
      description: 'Publish the policy that waits, or refuse it',
    },
  );

  async function steer(
    change: Partial<LiveCampaign['steering']>,
    type: CampaignEvent['type'],
    consequence: string,
    origin: SteeringOrigin | undefined,
  ): Promise<SteeringAnswer> {
    live.steering = { ...live.steering, ...change };
    const { running, progress } = live;
    const noted = live.events.record(
      type,
      running?.iteration ?? progress?.iteration ?? 0,
      `Campaign ${campaignId} ${consequence}.`,
      origin ? { by: origin.by, why: origin.why } : null,
    );
    onChange();
    if (running) await tell(running.workflowId);
    await noted;
    return { message: `Campaign ${campaignId} ${consequence}.` };
  }

  async function tell(iteration: string): Promise<void> {
    try {
      await getExternalWorkflowHandle(iteration).signal(steerSignal, live.steering);
    } catch {
      // It has ended at this very moment; the campaign itself looks at `steering` before the next.
    }
  }

  function approvalRefusal(request: ApprovalRequest | undefined): string | null {
    if (live.approval?.approved !== null) return 'has no policy that waits for approval at this moment';
    return typeof request?.approve === 'boolean'
      ? null
      : 'was not told whether to approve; give approve: true or false';
  }

  function stopping(): string | null {
    return live.steering.stopRequested ? 'is stopping already' : null;
  }

  /** A validator may not wait, and must throw a failure of Temporal's: any other would wedge the workflow. */
  function refuse(why: string | null): void {
    if (isOver(live)) throw ApplicationFailure.nonRetryable(`Campaign ${campaignId} is over.`, 'Refused');
    if (why !== null) throw ApplicationFailure.nonRetryable(`Campaign ${campaignId} ${why}.`, 'Refused');
  }
}

const armEvents: Record<ArmChange['action'], { type: CampaignEvent['type']; words: string }> = {
  add: { type: 'rewardModelAdded', words: 'may ask' },
  remove: { type: 'rewardModelRemoved', words: 'never again asks' },
  mask: { type: 'rewardModelMasked', words: 'does not ask' },
  unmask: { type: 'rewardModelUnmasked', words: 'may again ask' },
};

import type { ArtifactRef } from '../contract/artifact';
import type { Durability } from '../contract/campaign';
import type { CampaignEvent } from '../contract/campaign-event';
import type { CampaignProgress } from '../contract/campaign-run';
import type { SteeringOrigin } from '../contract/steering';
import { control } from './activity-proxies';

const keptEvents = 10;

/**
 * What happened to a campaign beside its rounds: all of it in the store, link by link, and the newest at hand. Events come
 * at any moment, so they are written by ordinary activities: at replay a local one could end in another order than it did,
 * beside a local one of the main line.
 */
export class EventLog {
  head: ArtifactRef | null;
  /** Events of the campaign so far. */
  count: number;
  readonly recent: CampaignEvent[];
  private readonly durability: Durability;
  private written: Promise<void> = Promise.resolve();

  constructor(
    durability: Durability,
    { eventLog, eventCount, recentEvents }: Pick<CampaignProgress, 'eventLog' | 'eventCount' | 'recentEvents'>,
  ) {
    this.durability = durability;
    this.head = eventLog;
    this.count = eventCount;
    this.recent = [...recentEvents];
  }

  /** Resolves when the event is in the store. Events of one campaign are written one after the other. */
  record(
    type: CampaignEvent['type'],
    iteration: number,
    message: string,
    origin: SteeringOrigin | null = null,
  ): Promise<void> {
    const event: CampaignEvent = {
      at: new Date().toISOString(),
      type,
      iteration,
      by: origin?.by ?? null,
      why: origin?.why ?? null,
      message,
    };
    this.recent.push(event);
    this.recent.splice(0, this.recent.length - keptEvents);
    this.count += 1;
    const call = { activityId: `event-${this.count}-${type}`, summary: message, durability: this.durability };
    this.written = this.written.then(async () => {
      ({ eventLog: this.head } = await control(call).recordEvent({ eventLog: this.head, event }));
    });
    return this.written;
  }
}

import type { ArtifactRef } from '../contract/artifact';
import type { CampaignEvent } from '../contract/campaign-event';
import type { SteeringOrigin } from '../contract/steering';
import { local } from './activity-proxies';

const keptEvents = 10;

/** What happened to a campaign beside its rounds: all of it in the store, link by link, and the newest at hand. */
export class EventLog {
  head: ArtifactRef | null;
  readonly recent: CampaignEvent[];
  private written: Promise<void> = Promise.resolve();

  constructor(head: ArtifactRef | null, recent: readonly CampaignEvent[]) {
    this.head = head;
    this.recent = [...recent];
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
    this.written = this.written.then(async () => {
      ({ eventLog: this.head } = await local.recordEvent({ eventLog: this.head, event }));
    });
    return this.written;
  }
}

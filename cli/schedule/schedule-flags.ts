import type { ContinueFrom } from '../../contract/scheduled-campaign';

/** What to do when a run is due while another one is under way; Temporal's policies in the command line's spelling. */
export const overlaps = ['skip', 'buffer-one', 'buffer-all', 'cancel-other', 'terminate-other', 'allow-all'] as const;
export type Overlap = (typeof overlaps)[number];

/** When a schedule fires, as the command line says it. */
export interface TimingFlags {
  cron?: string[];
  calendar?: string[];
  every?: string;
  timeZone?: string;
  jitter?: string;
  overlap?: Overlap;
  catchUp?: string;
  pauseOnFailure?: boolean;
}

/** What its runs are. */
export interface CampaignFlags {
  continueFrom?: ContinueFrom;
  gate?: boolean;
  seed?: number;
}

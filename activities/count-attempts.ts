import { activityInfo } from '@temporalio/activity';
import { z } from 'zod';
import type { FailedAttempts } from '../contract/campaign-failure';

const place = z
  .object({ iteration: z.int().nonnegative().optional(), round: z.int().nonnegative().optional() })
  .catch({});
const input = z.object({ label: place.optional(), observation: place.optional() }).and(place);

/** How often the running activity was tried so far, over how long, and which round its input is of. */
export function countAttempts(raw: unknown): FailedAttempts {
  const { attempt, scheduledTimestampMs } = activityInfo();
  const { label, observation, ...own } = input.safeParse(raw).data ?? {};
  const { iteration, round } = label ?? observation ?? own;
  return {
    attempts: attempt,
    seconds: Math.max(0, (Date.now() - scheduledTimestampMs) / 1000),
    ...(iteration !== undefined && { iteration }),
    ...(round !== undefined && { round }),
  };
}

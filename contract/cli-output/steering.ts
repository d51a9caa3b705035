import { z } from 'zod';

/** `laser pause|resume|stop|set|rm|approve --json`: what will happen, and when. */
export const steeringOutput = z.strictObject({ campaignId: z.string(), message: z.string().min(1) });
export type SteeringOutput = z.infer<typeof steeringOutput>;

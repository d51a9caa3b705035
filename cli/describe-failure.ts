import { readFailure } from '../contract/read-failure';
import { tellFailure } from '../contract/tell-failure';

/** Why a campaign failed, in a paragraph: what, where, what was tried and what to do. */
export function describeFailure(campaignId: string, error: unknown): string {
  return tellFailure(campaignId, readFailure(error));
}

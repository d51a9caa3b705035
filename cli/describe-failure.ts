import { readFailure } from '../contract/read-failure';
import { tellFailure, type FailedKind } from '../contract/tell-failure';

/** Why a run failed, in a paragraph: what, where, what was tried and what to do. */
export function describeFailure(id: string, error: unknown, kind?: FailedKind): string {
  return tellFailure(id, readFailure(error), kind);
}

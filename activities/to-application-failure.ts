import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { z } from 'zod';
import { failureTypes, type FailureType } from '../contract/failure-types';

/** Failures that trying again cannot mend. */
const permanent = new Set<FailureType>([
  failureTypes.configInvalid,
  failureTypes.artifactMissing,
  failureTypes.artifactCorrupt,
  failureTypes.modelNotFound,
  failureTypes.adapterRefused,
  failureTypes.fingerprintMismatch,
  failureTypes.requestRefused,
]);

/** What our errors say of themselves: those of the model servers, of the store and of the activities. */
interface KnownError {
  name?: string;
  message?: string;
  type?: FailureType;
  failureType?: FailureType;
  retryable?: boolean;
  retryAfterMs?: number | null;
}

/**
 * What Temporal is told of an error: our type, whether to try again, and when. Only the message travels, never an
 * axios error with its headers.
 */
export function toApplicationFailure(error: unknown): Error {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (error instanceof z.ZodError) {
    return ApplicationFailure.create({
      type: failureTypes.configInvalid,
      message: `The activity was called with an input it does not understand: ${z.prettifyError(error)}`,
      nonRetryable: true,
    });
  }
  const known = error as KnownError;
  const type = known.failureType ?? known.type;
  return ApplicationFailure.create({
    type: type ?? known.name ?? 'Error',
    message: known.message ?? String(error),
    nonRetryable: known.retryable === undefined ? type !== undefined && permanent.has(type) : !known.retryable,
    ...(known.retryAfterMs != null && { nextRetryDelay: known.retryAfterMs }),
  });
}

import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { z } from 'zod';
import type { FailedAttempts } from '../contract/campaign-failure';
import { failureTypes, type FailureType } from '../contract/failure-types';
import { failures, type FailureMeaning } from '../contract/failures';

/** A server's Retry-After is followed within these bounds, milliseconds; below them Temporal's own back-off is kinder. */
const shortestDelay = 1_000;
const longestDelay = 600_000;

/** What our errors say of themselves: those of the model servers, of the store and of the activities. */
interface KnownError {
  name?: string;
  message?: string;
  stack?: string;
  /** Of Node's own errors, such as ENOSPC. */
  code?: string;
  type?: FailureType;
  failureType?: FailureType;
  retryable?: boolean;
  retryAfterMs?: number | null;
}

/**
 * What Temporal is told of an error: our type, whether to try again, and when, and how often it was tried. Only message
 * and stack travel, never an axios error with its headers.
 */
export function toApplicationFailure(error: unknown, tried?: FailedAttempts): Error {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  const details = tried === undefined ? [] : [tried];
  if (error instanceof z.ZodError) {
    return ApplicationFailure.create({
      details,
      type: failureTypes.configInvalid,
      message: `The activity was called with an input it does not understand: ${z.prettifyError(error)}`,
      nonRetryable: true,
    });
  }
  const known = (error ?? {}) as KnownError;
  const type = known.failureType ?? known.type ?? known.code ?? known.name ?? 'Error';
  const failure = ApplicationFailure.create({
    type,
    message: known.message ?? String(error),
    details,
    nonRetryable: isPermanent(type, known),
    ...nextRetryDelay(known.retryAfterMs),
  });
  if (known.stack !== undefined) failure.stack = known.stack;
  return failure;
}

/** As the table of failures has it; what nobody foresaw is tried again. */
function isPermanent(type: string, { retryable }: KnownError): boolean {
  const { triedAgain } = (failures as Record<string, FailureMeaning>)[type] ?? { triedAgain: 'yes' };
  return triedAgain === 'errorSays' ? retryable === false : triedAgain === 'never';
}

function nextRetryDelay(retryAfterMs: number | null | undefined): { nextRetryDelay?: number } {
  if (retryAfterMs == null || retryAfterMs < shortestDelay) return {};
  return { nextRetryDelay: Math.min(retryAfterMs, longestDelay) };
}

import { failureTypes, type FailureType } from '../contract/failure-types';

/** Where a call went: for a message a person can act on, and for finding the request in the server's log. */
export interface CallSite {
  readonly method: 'GET' | 'POST';
  /** Without query, user name or password. */
  readonly url: string;
  /** Sent as X-Request-Id. */
  readonly requestId: string;
}

export interface ModelServerErrorFields {
  readonly site: CallSite;
  /** HTTP status; null when no complete reply arrived. */
  readonly status: number | null;
  /** What the server said, cut and freed of control characters; null when it said nothing. */
  readonly serverMessage: string | null;
  readonly failureType: FailureType;
  readonly retryable: boolean;
  /** Milliseconds the server asked us to wait (Retry-After). */
  readonly retryAfterMs: number | null;
}

/**
 * A call that got no usable answer: transport failure, timeout or an HTTP status other than 2xx.
 * Holds no headers and no cause, because an axios error carries the Authorization header.
 */
export class ModelServerError extends Error {
  override readonly name = 'ModelServerError';
  readonly method: string;
  readonly url: string;
  readonly requestId: string;
  readonly status: number | null;
  readonly serverMessage: string | null;
  readonly failureType: FailureType;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;

  constructor(message: string, fields: ModelServerErrorFields) {
    super(message);
    this.method = fields.site.method;
    this.url = fields.site.url;
    this.requestId = fields.site.requestId;
    this.status = fields.status;
    this.serverMessage = fields.serverMessage;
    this.failureType = fields.failureType;
    this.retryable = fields.retryable;
    this.retryAfterMs = fields.retryAfterMs;
  }
}

/**
 * A 2xx answer that breaks the protocol: not JSON, a missing field, a wrong count.
 * Not a ModelServerError: the transport worked, so "is the server down?" is the wrong question.
 * `retryable` is false only where the same server must answer the same way again (a model of the wrong kind).
 */
export class ProtocolViolationError extends Error {
  override readonly name = 'ProtocolViolationError';
  readonly failureType = failureTypes.protocolViolation;
  readonly method: string;
  readonly url: string;
  readonly requestId: string;
  readonly retryable: boolean;

  constructor(problem: string, site: CallSite, retryable = true) {
    super(`${site.method} ${site.url} broke the protocol: ${problem} (request ${site.requestId})`);
    this.method = site.method;
    this.url = site.url;
    this.requestId = site.requestId;
    this.retryable = retryable;
  }
}

/** An endpoint, adapter path or key variable that the configuration should not contain; refused before anything is sent. */
export class ModelServerConfigError extends Error {
  override readonly name = 'ModelServerConfigError';
  readonly failureType = failureTypes.configInvalid;
  readonly retryable = false;
}

/** By name, not instanceof: classes differ between Jest realms and between duplicate copies of a module. */
export function isModelServerError(error: unknown): error is ModelServerError {
  return error instanceof Error && error.name === 'ModelServerError';
}

export function isProtocolViolationError(error: unknown): error is ProtocolViolationError {
  return error instanceof Error && error.name === 'ProtocolViolationError';
}

import axios, { type AxiosError, type AxiosResponse } from 'axios';
import { failureTypes, type FailureType } from '../contract/failure-types';
import { classifyFailure } from './classify-failure';
import { ModelServerError, type CallSite } from './errors';
import { unsafeAddressCode } from './lookup-safely';
import { readServerMessage } from './read-server-message';

interface FailedCall {
  readonly site: CallSite;
  readonly path: string;
  readonly timedOut: boolean;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly apiKey: string | null;
}

const timeoutCodes = new Set(['ECONNABORTED', 'ETIMEDOUT']);

/** An axios failure as ours. Takes over nothing but code, status and message: the rest of an AxiosError holds secrets. */
export function toModelServerError(error: unknown, call: FailedCall): unknown {
  if (!axios.isAxiosError(error)) return error;
  const complete = error.code === 'ERR_BAD_REQUEST' || isErrorStatus(error);
  return complete && error.response !== undefined ? fromStatus(error.response, call) : fromTransport(error, call);
}

/** ERR_BAD_RESPONSE is both "status 5xx" and "the body broke off": only the first has its body in `data`. */
function isErrorStatus(error: AxiosError): boolean {
  return error.code === 'ERR_BAD_RESPONSE' && typeof error.response?.data === 'string' && error.response.status >= 300;
}

function fromStatus(response: AxiosResponse, call: FailedCall): ModelServerError {
  const { status } = response;
  const serverMessage = readServerMessage(redact(String(response.data ?? ''), call.apiKey));
  const retryAfter: unknown = response.headers['retry-after'];
  const { advice, ...fields } = classifyFailure({
    path: call.path,
    status,
    serverMessage,
    retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
  });
  const said = serverMessage === null ? '' : `: ${serverMessage.replace(/[.\s]+$/, '')}`;
  return new ModelServerError(
    `${describe(call)} answered ${status}${said}. ${advice} (request ${call.site.requestId})`,
    {
      site: call.site,
      status,
      serverMessage,
      ...fields,
    },
  );
}

function fromTransport(error: AxiosError, call: FailedCall): ModelServerError {
  const { problem, failureType } = explainTransport(error, call);
  return new ModelServerError(`${describe(call)} ${problem} (request ${call.site.requestId})`, {
    site: call.site,
    status: null,
    serverMessage: null,
    failureType,
    retryable: failureType === failureTypes.serverUnavailable,
    retryAfterMs: null,
  });
}

function explainTransport(error: AxiosError, call: FailedCall): { problem: string; failureType: FailureType } {
  const code = error.code ?? 'unknown network error';
  if (call.timedOut || timeoutCodes.has(code)) {
    return {
      problem: `gave no complete answer within ${call.timeoutMs} ms. Raise the timeout or ask for less at once.`,
      failureType: failureTypes.serverUnavailable,
    };
  }
  if (error.message.startsWith('maxContentLength')) {
    return {
      problem: `answered with more than ${call.maxResponseBytes} bytes. Ask for less at once or raise maxResponseBytes.`,
      failureType: failureTypes.protocolViolation,
    };
  }
  if (error.message.includes('larger than maxBodyLength') || code === 'ERR_FR_MAX_BODY_LENGTH_EXCEEDED') {
    return {
      problem: 'was not sent: the request is too large. Send fewer inputs at once.',
      failureType: failureTypes.requestRefused,
    };
  }
  if (code === unsafeAddressCode) {
    return {
      problem: 'was not sent: the host resolves to a link-local address.',
      failureType: failureTypes.configInvalid,
    };
  }
  if (code === 'ERR_BAD_RESPONSE') {
    return { problem: 'broke off in the middle of its answer.', failureType: failureTypes.serverUnavailable };
  }
  return {
    problem: `failed: ${code}. Is the server running and reachable?`,
    failureType: failureTypes.serverUnavailable,
  };
}

function describe({ site }: FailedCall): string {
  return `${site.method} ${site.url}`;
}

/** A server may echo the request's headers. */
function redact(body: string, apiKey: string | null): string {
  return apiKey === null ? body : body.replaceAll(apiKey, '[redacted]');
}

import { failureTypes, type FailureType } from '../contract/failure-types';

/** An HTTP answer other than 2xx, as far as its meaning depends on it. */
export interface HttpFailure {
  readonly path: string;
  readonly status: number;
  readonly serverMessage: string | null;
  /** The Retry-After header as it came: seconds or an HTTP date. */
  readonly retryAfter: string | null;
}

export interface FailureClass {
  readonly failureType: FailureType;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  /** What to do about it, one sentence. */
  readonly advice: string;
}

const nonFiniteReply = /out of range float values|not json compliant/i;
/** text-embeddings-inference's answer for one NaN in a batch. */
const nanScore = /score is nan/i;
const engineDead = /engine\s?(core)?\s?(has\s)?(is\s)?(dead|died)/i;
const adapterRoutes = new Set(['/v1/load_lora_adapter', '/v1/unload_lora_adapter']);
/** 424 is text-embeddings-inference's word for a fault of its engine. */
const transientStatuses = new Set([408, 424, 425, 429]);

/**
 * What an HTTP failure of a vLLM-style server means. Not by status alone: vLLM answers 400 when its own reply holds a NaN,
 * and 500 for an adapter that can never load.
 */
export function classifyFailure(failure: HttpFailure): FailureClass {
  const { path, status } = failure;
  const message = failure.serverMessage ?? '';
  if (status === 400 && nonFiniteReply.test(message)) return nonFinite(path);
  if (status === 424 && nanScore.test(message)) return nonFinite(path);
  if (adapterRoutes.has(path) && isAdapterFault(status, message)) {
    return permanent(failureTypes.adapterRefused, adapterAdvice(status));
  }
  if (transientStatuses.has(status) || status >= 500) return serverFault(failure);
  if (status >= 300 && status < 400) {
    return permanent(failureTypes.requestRefused, 'Redirects are not followed: configure the final URL.');
  }
  if (status === 401 || status === 403) {
    return permanent(failureTypes.requestRefused, 'Check the key in the environment variable that apiKeyEnv names.');
  }
  if (status === 404) return notFound(message);
  return permanent(
    failureTypes.requestRefused,
    'The same request will be refused again: correct it or the server options.',
  );
}

function nonFinite(path: string): FailureClass {
  return {
    failureType: path === '/v1/embeddings' ? failureTypes.protocolViolation : failureTypes.noScores,
    retryable: true,
    retryAfterMs: null,
    advice: 'The model produced NaN or infinity for an input of this request.',
  };
}

function isAdapterFault(status: number, message: string): boolean {
  return status === 400 || status === 404 || (status === 500 && !engineDead.test(message));
}

function adapterAdvice(status: number): string {
  return status === 404
    ? 'Start the server with --enable-lora and VLLM_ALLOW_RUNTIME_LORA_UPDATING=1, and keep the adapter folder readable to it.'
    : "Compare the adapter's rank, target modules and base model with the server's --max-lora-rank and model.";
}

function serverFault({ status, retryAfter }: HttpFailure): FailureClass {
  if (status === 501) {
    return permanent(
      failureTypes.requestRefused,
      'The server runs another task: start it with the matching --runner and --convert.',
    );
  }
  return {
    failureType: failureTypes.serverUnavailable,
    retryable: true,
    retryAfterMs: parseRetryAfter(retryAfter),
    advice: status === 429 || status === 503 ? 'The server is overloaded or starting.' : 'See the log of the server.',
  };
}

function notFound(message: string): FailureClass {
  return /^not found$/i.test(message.trim()) || message === ''
    ? permanent(failureTypes.requestRefused, 'The server has no such route: check the endpoint and its --runner.')
    : permanent(
        failureTypes.modelNotFound,
        "Compare the name with the server's GET /v1/models; adapters must be loaded first.",
      );
}

function permanent(failureType: FailureType, advice: string): FailureClass {
  return { failureType, retryable: false, retryAfterMs: null, advice };
}

/** Milliseconds from now of a Retry-After value (RFC 9110 10.2.3); null where it is absent or unreadable. */
function parseRetryAfter(value: string | null): number | null {
  if (value === null) return null;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

export interface Deadline {
  /** Aborts when the time is up or the caller's signal aborts, whichever is first. */
  readonly signal: AbortSignal;
  passed(): boolean;
  stop(): void;
}

/**
 * Wall-clock limit of one call. axios's own timeout restarts with every byte received,
 * so a server that drips bytes for ever would never hit it.
 */
export function startDeadline(timeoutMs: number, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let passed = false;
  const timer = setTimeout(() => {
    passed = true;
    controller.abort();
  }, timeoutMs);
  const abort = (): void => controller.abort();
  caller?.addEventListener('abort', abort, { once: true });
  if (caller?.aborted === true) abort();
  return {
    signal: controller.signal,
    passed: () => passed,
    stop: () => {
      clearTimeout(timer);
      caller?.removeEventListener('abort', abort);
    },
  };
}

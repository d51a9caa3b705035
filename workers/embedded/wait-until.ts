const pollMilliseconds = 100;

/** Tries until it succeeds. @throws Error with the last problem after the time is up. */
export async function waitUntil<T>(what: string, timeoutMs: number, attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) {
        throw new Error(`${what} did not answer within ${timeoutMs / 1000} s: ${(error as Error).message}`, {
          cause: error,
        });
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}

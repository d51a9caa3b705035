import { cancellationSignal, heartbeat } from '@temporalio/activity';

const beatMilliseconds = 1000;

/** Runs work that waits on a server: beats so that a dead worker is noticed, and hands on the cancellation. */
export async function withHeartbeat<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const timer = setInterval(() => heartbeat(), beatMilliseconds);
  try {
    return await work(cancellationSignal());
  } finally {
    clearInterval(timer);
  }
}

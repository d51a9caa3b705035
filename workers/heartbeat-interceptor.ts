import type { ActivityInterceptorsFactory } from '@temporalio/worker';

const longestBeatMs = 1000;

/**
 * Beats for every activity that this worker runs, for as long as it runs: a worker that died is noticed whatever it had
 * in hand, and a cancellation, which comes with the answer to a heartbeat, arrives. Local activities have no heartbeat;
 * they are done again with their workflow task.
 */
export const beatWhileRunning: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    async execute(input, next) {
      const { isLocal, heartbeatTimeoutMs } = context.info;
      if (isLocal || heartbeatTimeoutMs === undefined) return next(input);
      const timer = setInterval(() => context.heartbeat(), Math.min(longestBeatMs, heartbeatTimeoutMs / 3));
      try {
        return await next(input);
      } finally {
        clearInterval(timer);
      }
    },
  },
});

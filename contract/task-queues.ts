/** Task queues by the hardware a worker is for. */
export const taskQueues = {
  control: 'laser-control',
  generate: 'laser-generate',
  train: 'laser-train',
} as const;

/** Each reward model has a queue of its own, so that its worker's slots are its server's real concurrency. */
export function scoreQueue(rewardModelId: string): string {
  return `laser-score-${rewardModelId}`;
}

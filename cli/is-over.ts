const over = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT']);

/** Whether a workflow with this status will do nothing more. */
export function isOver(status: string): boolean {
  return over.has(status);
}

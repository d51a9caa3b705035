/**
 * Starts the work of later rounds while earlier ones are still trained, a bounded number ahead.
 * Exact, not stale: the work of round t depends on the round's prompts and on π(m−1) alone.
 */
export class Prefetcher<Result> {
  private readonly started = new Map<number, Promise<Result>>();

  private readonly work: (round: number) => Promise<Result>;
  private readonly ahead: () => number;
  private readonly lastRound: number;

  constructor(work: (round: number) => Promise<Result>, ahead: () => number, lastRound: number) {
    this.work = work;
    this.ahead = ahead;
    this.lastRound = lastRound;
  }

  /** The round's result; the rounds behind it are started, as far as allowed. */
  take(round: number): Promise<Result> {
    for (let next = round; next <= Math.min(round + this.ahead(), this.lastRound); next += 1) this.start(next);
    const result = this.started.get(round);
    if (!result) throw new RangeError(`Round ${round} is after the last one, ${this.lastRound}.`);
    this.started.delete(round);
    return result;
  }

  /** Waits until nothing is under way, so that the workflow can continue as new. */
  async drain(): Promise<void> {
    await Promise.allSettled(this.started.values());
  }

  private start(round: number): void {
    if (this.started.has(round)) return;
    const result = this.work(round);
    // Whoever takes the round sees its failure; until then it must not count as unhandled.
    result.catch(() => undefined);
    this.started.set(round, result);
  }
}

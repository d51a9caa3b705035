import { withSetupLock } from './setup-lock.mjs';

/**
 * A set-up step: nothing, silently, when `isDone()`; else `work()` between a line when it starts and one when it is done.
 * It asks again once it holds the lock, as another process may have done the work meanwhile.
 */
export async function runStep({ title, detail, lock, isDone, work }) {
  if (isDone()) return;
  await withSetupLock(lock, async () => {
    if (isDone()) return;
    const started = Date.now();
    process.stderr.write(`${title} (${detail}) …\n`);
    await work();
    process.stderr.write(`${title}: done in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  });
}

const pollMilliseconds = 500;

/** Set by the embedded runtime for its children: nothing outlives it, even if it is killed. */
export const exitWithParentVariable = 'LASER_EXIT_WITH_PARENT';

/** Ends this process soon after the one that started it is gone. */
export function exitWithParent(): void {
  if (process.env[exitWithParentVariable] === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, pollMilliseconds).unref();
}

import type { BanditRewardOptions, GoldenOptions, GuardSettings } from './bandit-reward';

/** The guard beside a bandit reward; undefined where there is none. */
export function guardOf(options: BanditRewardOptions): GuardSettings | undefined {
  return 'guard' in options ? options.guard : undefined;
}

/** Which golden prompts a reward or its guard looks at: all with an answer, a few, or none. */
export function goldenOf(options: BanditRewardOptions): 'all' | GoldenOptions | null {
  if (options.type === 'goldenAgreement') return options.golden;
  const source = guardOf(options)?.evidence;
  if (source?.type === 'verified') return 'all';
  return source?.type === 'golden' ? source : null;
}

/** Whether a reward or its guard is made of the held-out accuracy that is measured between iterations. */
export function readsHeldOut(options: BanditRewardOptions): boolean {
  return options.type === 'heldOutGain' || guardOf(options)?.evidence.type === 'heldOut';
}

/** Share of the pairs that the training step does not see. */
export function keptOutShare(options: BanditRewardOptions): number {
  return options.type === 'unseenLossFall' ? options.keepOut : 0;
}

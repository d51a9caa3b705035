import type { ResolvedCampaign } from '../contract/campaign-run';
import type { AdjustableSettings } from '../contract/steering';

type Check = (value: number) => string | null;

const wholeFrom =
  (low: number, high = Infinity): Check =>
  (value) =>
    Number.isInteger(value) && value >= low && value <= high
      ? null
      : `must be a whole number of at least ${low}${high === Infinity ? '' : ` and at most ${high}`}`;

const checks: Record<keyof AdjustableSettings, Check> = {
  alpha: (value) => (value >= 0 ? null : 'must be 0 or more'),
  posteriorScale: (value) => (value > 0 ? null : 'must be above 0'),
  learningRate: (value) => (value > 0 ? null : 'must be above 0'),
  prefetchRounds: wholeFrom(0, 64),
  everyIterations: wholeFrom(1),
};

/** Why settings cannot be taken over; null if they can. They come from outside, so nothing about them is sure. */
export function settingsRefusal(
  settings: AdjustableSettings | undefined,
  { selection }: Pick<ResolvedCampaign, 'selection'>,
): string | null {
  const entries = Object.entries(settings ?? {});
  const known = Object.keys(checks).join(', ');
  if (entries.length === 0) return `was not told what to set; it can be ${known}`;
  for (const [name, value] of entries) {
    const check = checks[name as keyof AdjustableSettings] as Check | undefined;
    if (!check) return `cannot change ${name} while it runs; it can be ${known}`;
    if (typeof value !== 'number' || !Number.isFinite(value))
      return `cannot take ${name} = ${String(value)}: not a number`;
    const problem = check(value);
    if (problem !== null) return `cannot take ${name} = ${value}: it ${problem}`;
  }
  const bandit = selection.type === 'laser' ? selection.bandit.type : selection.type;
  if (settings?.alpha !== undefined && bandit !== 'linUcb')
    return 'has no alpha: its selection is not laser with linUcb';
  if (settings?.posteriorScale !== undefined && !['linThompson', 'bayesianRouter'].includes(bandit))
    return 'has no posteriorScale: its selection is neither laser with linThompson nor bayesianRouter';
  return null;
}

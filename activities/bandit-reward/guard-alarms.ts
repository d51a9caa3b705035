import {
  createGuard,
  guardFindings,
  updateGuard,
  type EvidenceSource,
  type GivenReward,
  type GuardEvidence,
  type GuardFinding,
} from '../../algorithm';
import type { BanditObservation } from '../../contract/bandit-log';
import type { GuardSettings } from '../../contract/bandit-reward';

/** A reward model that the bandit reward favours although the evidence contradicts it. */
export interface Alarm {
  rewardModelId: string;
  category: string;
  message: string;
}

interface Guarded {
  settings: GuardSettings;
  rewardModelIds: readonly string[];
  /** All that evidence can come from. */
  categories: readonly string[];
}

/** What became known with the newest observations and was not before: reward models that the bandit reward misleads to. */
export function guardAlarms(
  guarded: Guarded,
  before: readonly BanditObservation[],
  now: readonly BanditObservation[],
): Alarm[] {
  const told = new Set(misleading(guarded, before).map(placeOf));
  return misleading(guarded, now)
    .filter((finding) => !told.has(placeOf(finding)))
    .map((finding) => {
      const { rewardModelId, category } = finding;
      return { rewardModelId, category: category!, message: tell(finding, guarded.settings) };
    });
}

function misleading({ settings, ...roster }: Guarded, observations: readonly BanditObservation[]): GuardFinding[] {
  const { falseAlarmRate, leastEvidence, evidence } = settings;
  const source: EvidenceSource = evidence.type === 'heldOut' ? 'heldOut' : 'golden';
  const guard = createGuard({
    ...{ ...roster, falseAlarmRate },
    leastValue: { golden: leastEvidence, heldOut: leastEvidence },
  });
  const pieces = observations.flatMap(({ armId: rewardModelId, evidence: known }) =>
    (known?.items ?? []).map(({ category, value }): GuardEvidence => ({ rewardModelId, category, source, value })),
  );
  const rewards = observations.flatMap(({ armId: rewardModelId, category, evidence: known, reward }): GivenReward[] => {
    const categories = category == null ? new Set(known?.items.map((item) => item.category)) : [category];
    return [...categories].map((one) => ({ rewardModelId, category: one, banditReward: reward }));
  });
  return guardFindings(updateGuard(guard, pieces), rewards).filter(({ misleads }) => misleads);
}

function tell(finding: GuardFinding, { evidence, action }: GuardSettings): string {
  const { rewardModelId, category, meanBanditReward, meanBanditRewardOfOthers, meanEvidence, count, pValue } = finding;
  const others = meanBanditRewardOfOthers === null ? 'no other was asked' : `others ${fixed(meanBanditRewardOfOthers)}`;
  const contradicting =
    evidence.type === 'heldOut'
      ? `held-out prompts got worse: ${fixed(meanEvidence)} a prompt over ${count} of them`
      : `verified answers contradict its pairs: agreement ${fixed(meanEvidence)} over ${count} prompts`;
  const consequence =
    action === 'trustEvidence'
      ? 'From the next round on the bandit learns from the evidence alone, also what it has seen so far.'
      : 'Nothing was changed; mask the reward model, or set banditReward.guard.action to trustEvidence.';
  return (
    `The bandit reward favours ${rewardModelId} on ${category} (mean ${fixed(meanBanditReward ?? 0)}, ${others}), ` +
    `but ${contradicting} (p ≤ ${pValue.toPrecision(2)}). ${consequence}`
  );
}

function placeOf({ rewardModelId, category }: GuardFinding): string {
  return `${rewardModelId} ${category}`;
}

function fixed(value: number): string {
  return value.toFixed(2);
}

import { readContext } from '../../activities/recall-bandit';
import { dot, type Vector } from '../../algorithm/linear-algebra';
import { mean } from '../../algorithm/statistics/mean';
import type { ArtifactStore } from '../../artifact-store';
import type { ExplainOutput } from '../../contract/cli-output/inspection';
import type { ArmDecision, RoundRecord } from '../../contract/round-record';

type Nearest = ExplainOutput['decisions'][number]['nearest'];

const shown = 5;

interface Asked {
  readonly iteration: number;
  readonly round: number;
  readonly rewardModelId: string;
  /** Of each choice; null: nothing was said of it. */
  readonly rewards: (number | null)[];
}

/**
 * Whom earlier rounds asked in the contexts most like a decision's, by cosine, and what it earned on average; the five
 * nearest contexts, with one entry a reward model. None where no context was looked at.
 */
export async function nearestRounds(
  store: ArtifactStore,
  { context }: ArmDecision,
  earlier: readonly Pick<RoundRecord, 'iteration' | 'round' | 'decisions' | 'outcomes'>[],
): Promise<Nearest> {
  if (context === null) return [];
  const here = await readContext(store, context);
  const likeness = new Map<string, number>();
  const nearest: { cosine: number; asked: Asked[] }[] = [];
  for (const round of earlier) {
    for (const [sha256, asked] of askedByContext(round)) {
      if (!likeness.has(sha256)) likeness.set(sha256, cosine(here, await readContext(store, sha256)));
      nearest.push({ cosine: likeness.get(sha256)!, asked });
    }
  }
  return nearest
    .sort((left, right) => right.cosine - left.cosine)
    .slice(0, shown)
    .flatMap(({ asked, cosine }) =>
      asked.map(({ rewards, ...whom }) => {
        const known = rewards.filter((reward) => reward !== null);
        return { ...whom, cosine, choices: rewards.length, banditReward: known.length === 0 ? null : mean(known) };
      }),
    );
}

/** The choices of a round by the context they were made in and the reward model they fell on. */
function askedByContext({ iteration, round, decisions, outcomes }: Parameters<typeof nearestRounds>[2][number]) {
  const rewardOf = new Map(outcomes.map(({ scope, reward }) => [scope, reward]));
  const contexts = new Map<string, Asked[]>();
  for (const { context, scope, rewardModelId } of decisions) {
    if (context === null) continue;
    const known = contexts.get(context) ?? [];
    contexts.set(context, known);
    let asked = known.find((other) => other.rewardModelId === rewardModelId);
    if (!asked) known.push((asked = { iteration, round, rewardModelId, rewards: [] }));
    asked.rewards.push(rewardOf.get(scope) ?? null);
  }
  return contexts;
}

function cosine(left: Vector, right: Vector): number {
  const norms = Math.sqrt(dot(left, left) * dot(right, right));
  return norms === 0 ? 0 : dot(left, right) / norms;
}

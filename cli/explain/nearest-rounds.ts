import { readContext } from '../../activities/recall-bandit';
import { dot, type Vector } from '../../algorithm/linear-algebra';
import type { ArtifactStore } from '../../artifact-store';
import type { ExplainOutput } from '../../contract/cli-output/inspection';
import type { ArmDecision, RoundRecord } from '../../contract/round-record';

type Nearest = ExplainOutput['decisions'][number]['nearest'];

const shown = 5;

/** The earlier rounds whose contexts are most like a decision's, by cosine; none where no context was looked at. */
export async function nearestRounds(
  store: ArtifactStore,
  { context }: ArmDecision,
  earlier: readonly RoundRecord[],
): Promise<Nearest> {
  if (context === null) return [];
  const here = await readContext(store, context);
  const candidates = earlier.flatMap(({ iteration, round, decisions, banditReward }) =>
    decisions.flatMap(({ context: theirs, rewardModelId }) =>
      theirs === null ? [] : [{ theirs, iteration, round, rewardModelId, banditReward }],
    ),
  );
  const rounds: Nearest = [];
  for (const { theirs, ...round } of candidates) {
    rounds.push({ ...round, cosine: cosine(here, await readContext(store, theirs)) });
  }
  return rounds.sort((left, right) => right.cosine - left.cosine).slice(0, shown);
}

function cosine(left: Vector, right: Vector): number {
  const norms = Math.sqrt(dot(left, left) * dot(right, right));
  return norms === 0 ? 0 : dot(left, right) / norms;
}

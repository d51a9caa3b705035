import { cancellationSignal } from '@temporalio/activity';
import { activityInfo } from '@temporalio/activity';
import { z } from 'zod';
import { winRate, type Judgement } from '../algorithm';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { heldOutAnswer, type CategoryAccuracy, type JudgedOutcome } from '../contract/evaluation';
import { resolvedRewardModel, type ResolvedRewardModel } from '../contract/reward-model';
import { promptRecord } from '../contract/round';
import { stepLabel } from '../contract/training';
import type { ActivityDependencies } from './dependencies';
import { NoVerdictsError } from './errors';
import { compareAnswers, scoreDeterminants } from './scorers';

const input = z.strictObject({
  label: stepLabel,
  judge: resolvedRewardModel,
  prompts: artifactRef,
  answers: artifactRef.describe('JSON lines of HeldOutAnswer: the policy’s.'),
  baseline: artifactRef.nullable().describe('The same of the baseline. null: the prompts’ own answers.'),
});
export type JudgeAnswersInput = Omit<z.input<typeof input>, 'judge'> & { judge: ResolvedRewardModel };

const undecided: Judgement = { candidateFirst: 'tie', candidateSecond: 'tie' };

/**
 * Win rate of a policy's answers against a baseline's, by category, and the verdict on every prompt. Equal answers tie
 * without a question. @throws NoVerdictsError
 */
export async function judgeAnswers(dependencies: ActivityDependencies, raw: JudgeAnswersInput) {
  const { label, judge, prompts, answers, baseline } = input.parse(raw);
  const { store, modelServer, mathVerifier } = dependencies;
  return runStep(store, {
    name: 'judgeAnswers',
    version: 1,
    label,
    inputs: { prompts, answers, baseline, judge: scoreDeterminants(judge) },
    work: async () => {
      const signal = cancellationSignal();
      const records = await store.getJsonLines(prompts, promptRecord);
      const textOf = async (ref: z.infer<typeof artifactRef>) =>
        new Map((await store.getJsonLines(ref, heldOutAnswer)).map(({ promptId, text }) => [promptId, text]));
      const own = await textOf(answers);
      const other = baseline === null ? null : await textOf(baseline);
      const pairs = records.map(({ promptId, prompt, answer, category = 'all' }) => {
        const [candidate, against] = [own.get(promptId), other === null ? answer : other.get(promptId)];
        if (candidate === undefined || against === undefined) {
          const side = candidate === undefined ? 'policy' : 'baseline';
          throw new RangeError(`Prompt "${promptId}" has no answer of the ${side}; compare on the same prompts.`);
        }
        return { promptId, category, prompt, answer, candidate, baseline: against };
      });
      const asked = pairs.filter((pair) => pair.candidate !== pair.baseline);
      const verdicts = await compareAnswers({ modelServer, mathVerifier, signal }, judge, asked);
      const verdictOf = new Map(asked.map(({ promptId }, index) => [promptId, verdicts[index]!]));
      const outcomes = pairs.map(({ promptId, category, candidate, baseline: against }): JudgedOutcome => {
        const judgement = verdictOf.get(promptId) ?? undecided;
        return { promptId, category, ...judgement, text: candidate, baseline: against };
      });
      const byCategory = countByCategory(outcomes, judge.id);
      return { outcomes: await store.putJsonLines(outcomes), byCategory };
    },
  });
}

function countByCategory(outcomes: readonly JudgedOutcome[], judgeId: string): CategoryAccuracy[] {
  const categories = [...new Set(outcomes.map(({ category }) => category))];
  return categories
    .sort((left, right) => left.localeCompare(right, 'en'))
    .map((category) => {
      const members = outcomes.filter((outcome) => outcome.category === category);
      const { judged, wins, ties, losses, flipped, missing } = winRate(members);
      if (judged === 0) throw new NoVerdictsError(judgeId, category, missing, activityInfo().attempt);
      const verdicts = { wins, ties, losses, flipped, missing, meanLength: meanLengthOf(members) };
      return { category, correct: wins + ties / 2, total: judged, verdicts };
    });
}

/** Characters, over the judged prompts. */
function meanLengthOf(outcomes: readonly JudgedOutcome[]) {
  const judged = outcomes.filter((outcome) => outcome.candidateFirst !== null && outcome.candidateSecond !== null);
  const mean = (of: (outcome: JudgedOutcome) => string) =>
    judged.reduce((sum, outcome) => sum + of(outcome).length, 0) / judged.length;
  return { policy: mean(({ text }) => text), baseline: mean(({ baseline }) => baseline) };
}

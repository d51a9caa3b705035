import { z } from 'zod';
import { artifactRef } from '../contract/artifact';
import { banditObservation } from '../contract/bandit-log';
import { promptScores } from '../contract/round';
import { armDecision, roundLogLink, roundRecord } from '../contract/round-record';
import type { ActivityDependencies } from './dependencies';
import { summariseScores } from './summarise-scores';

const input = z.strictObject({
  roundLog: artifactRef.nullable().describe('Newest link; null before the first round.'),
  round: roundRecord.omit({ decisions: true, outcomes: true, scoring: true }),
  decisions: artifactRef,
  observations: artifactRef.nullable(),
  scoring: z.array(
    z.strictObject({
      rewardModelId: z.string().min(1),
      scores: artifactRef,
      seconds: z.number().nonnegative(),
      weight: z.number().min(0).max(1).optional(),
    }),
  ),
});
export type RecordRoundInput = z.infer<typeof input>;

/** Adds a round to the campaign's round log; the same round on the same log is the same link. */
export async function recordRound({ store }: ActivityDependencies, raw: RecordRoundInput) {
  const { roundLog, round, decisions, observations, scoring } = input.parse(raw);
  const outcomes = observations === null ? [] : await store.getJsonLines(observations, banditObservation);
  const link = roundLogLink.parse({
    previous: roundLog,
    round: {
      ...round,
      decisions: await store.getJsonLines(decisions, armDecision),
      outcomes: outcomes.map(({ scope, rawReward, reward }) => ({ scope, rawReward, reward })),
      scoring: await Promise.all(
        scoring.map(async (own) => ({
          ...own,
          ...summariseScores(await store.getJsonLines(own.scores, promptScores)),
        })),
      ),
    },
  });
  return { roundLog: await store.putJson(link) };
}

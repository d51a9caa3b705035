import { failureTypes } from '../contract/failure-types';

/** A server answers with other weights than the trainer made. */
export class FingerprintMismatchError extends Error {
  readonly type = failureTypes.fingerprintMismatch;
  constructor(server: string, model: string, difference: number, tolerance: number) {
    super(
      `${server} answers for "${model}" with log-probabilities that are ${difference.toPrecision(3)} nats a token away from the trainer's ` +
        `(tolerance ${tolerance}). It serves other weights than were trained: check that the server's base model is the campaign's ` +
        'policy.model; a bfloat16 server needs policy.fingerprintTolerance of about 0.05.',
    );
    this.name = 'FingerprintMismatchError';
  }
}

/** Attempts before a reward model that gives no finite score, or no verdict, is taken for broken. */
const noScoresAttempts = 3;

/**
 * A reward model gave not one finite score for a whole round. It is asked again twice, as a restarted server may be
 * well; after that the failure is permanent: an hour of retries would not mend weights that overflow.
 */
export class NoScoresError extends Error {
  readonly type = failureTypes.noScores;
  readonly retryable: boolean;
  /** @param missingBy how many have no score, by reason. @param attempt of the activity, from 1. */
  constructor(rewardModelId: string, missingBy: Partial<Record<string, number>>, attempt: number) {
    const completions = Object.values(missingBy).reduce<number>((sum, count = 0) => sum + count, 0);
    const reasons = Object.entries(missingBy).map(([reason, count]) => `${reason} ${count}`);
    super(
      `Reward model "${rewardModelId}" gave no finite score for any of ${completions} completions (${reasons.join(', ')}). ` +
        'Look at its server’s log; `laser doctor <campaign file>` asks it for one score.',
    );
    this.name = 'NoScoresError';
    this.retryable = attempt < noScoresAttempts;
  }
}

/** The judge of an evaluation gave no verdict on any prompt of a category. It is asked again as often as a reward model. */
export class NoVerdictsError extends Error {
  readonly type = failureTypes.noScores;
  readonly retryable: boolean;
  /** @param attempt of the activity, from 1. */
  constructor(judgeId: string, category: string, prompts: number, attempt: number) {
    super(
      `Judge "${judgeId}" gave no verdict on any of ${prompts} prompts of category "${category}". Look at its server’s log: its ` +
        'replies are not the JSON that was asked for, or a known bad answer won over the baseline’s (canaries).',
    );
    this.name = 'NoVerdictsError';
    this.retryable = attempt < noScoresAttempts;
  }
}

const namedPrompts = 3;

/** Prompts that the policy cannot read as a whole; nothing was cut. */
export class PromptTooLongError extends Error {
  readonly type = failureTypes.configInvalid;
  /** @param tooLong with their tokens. @param window of the servers, null where they do not say. */
  constructor(
    tooLong: readonly { record: { promptId: string }; tokens: number }[],
    all: number,
    longest: number,
    window: number | null,
  ) {
    const named = tooLong.slice(0, namedPrompts).map(({ record, tokens }) => `"${record.promptId}" (${tokens} tokens)`);
    super(
      `${tooLong.length} of ${all} prompts are longer than ${longest} tokens: ${named.join(', ')}` +
        `${tooLong.length > namedPrompts ? ', …' : ''}. ` +
        (window === null ? '' : `The policy's window is ${window} tokens, and a completion needs its part of them. `) +
        'Shorten them, serve the policy with a longer window, or set tooLong: cutMiddle.',
    );
    this.name = 'PromptTooLongError';
  }
}

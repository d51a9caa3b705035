import { failureTypes } from '../contract/failure-types';

/** A server answers with other weights than the trainer made. */
export class FingerprintMismatchError extends Error {
  readonly type = failureTypes.fingerprintMismatch;
  constructor(server: string, model: string, difference: number, tolerance: number) {
    super(
      `${server} answers for "${model}" with log-probabilities that are ${difference} nats a token away from the trainer's ` +
        `(tolerance ${tolerance}). It serves other weights than were trained: check that the server's base model is the campaign's ` +
        'policy.model; a bfloat16 server needs policy.fingerprintTolerance of about 0.05.',
    );
    this.name = 'FingerprintMismatchError';
  }
}

/** A reward model gave not one finite score for a whole round. */
export class NoScoresError extends Error {
  readonly type = failureTypes.noScores;
  constructor(rewardModelId: string, completions: number) {
    super(
      `Reward model "${rewardModelId}" gave no finite score for any of ${completions} completions. ` +
        'Look at its server’s log; `laser doctor <campaign file>` asks it for one score.',
    );
    this.name = 'NoScoresError';
  }
}

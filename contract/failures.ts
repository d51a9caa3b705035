import { failureTypes, type FailureType } from './failure-types';

export interface FailureMeaning {
  /** never: permanent. yes: it may pass. errorSays: it depends on the case, which the error that is thrown knows. */
  triedAgain: 'never' | 'yes' | 'errorSays';
  /** What has happened, without a full stop. */
  means: string;
  /** What a person does now: a sentence or two. */
  whatToDo: string;
}

/** Every failure type, classified once: for the activities, the trainer, the command line, the Temporal UI and the docs. */
export const failures: Record<FailureType, FailureMeaning> = {
  [failureTypes.configInvalid]: {
    triedAgain: 'never',
    means: 'a step was given something that cannot work',
    whatToDo: 'Correct what the message names in the campaign file; `laser doctor <file>` checks all of it.',
  },
  [failureTypes.artifactMissing]: {
    triedAgain: 'never',
    means: 'an artifact that a step needs is not in the store',
    whatToDo:
      'Give every worker the same LASER_STORE. If the store was cleaned, run the campaign again: the step that makes the artifact is done again.',
  },
  [failureTypes.artifactCorrupt]: {
    triedAgain: 'never',
    means: 'stored bytes are not what their name says, and have been moved aside',
    whatToDo:
      'Check the disk of the store, then run the campaign again: the step that makes the artifact is done again.',
  },
  [failureTypes.modelNotFound]: {
    triedAgain: 'never',
    means: 'a server or the trainer does not have the model',
    whatToDo: "Compare servedModel with the server's GET /v1/models, or policy.model with the folder of the weights.",
  },
  [failureTypes.adapterRefused]: {
    triedAgain: 'never',
    means: 'a server or the trainer cannot take the adapter',
    whatToDo:
      "Start the server with --max-lora-rank at least the campaign's policy.lora.rank (embedded server: set LASER_MAX_LORA_RANK) and with the campaign's policy.model, or lower policy.lora.rank.",
  },
  [failureTypes.fingerprintMismatch]: {
    triedAgain: 'never',
    means: 'a server answers with other weights than were trained',
    whatToDo:
      "Serve the campaign's policy.model; for a server that computes in bfloat16 set policy.fingerprintTolerance to about 0.05.",
  },
  [failureTypes.requestRefused]: {
    triedAgain: 'never',
    means: 'a server refuses the request and would refuse it again',
    whatToDo:
      "Change what the server objects to, in the campaign file or in the server's options; `laser doctor <file>` sends one request of each kind.",
  },
  [failureTypes.serverUnavailable]: {
    triedAgain: 'yes',
    means: 'a server does not answer, or is overloaded or starting',
    whatToDo:
      'Start the server and look at its log; if it needs longer, raise maximumAttempts of the step under durability.steps.',
  },
  [failureTypes.protocolViolation]: {
    triedAgain: 'errorSays',
    means: 'a server answers, but not in the form of its protocol',
    whatToDo: 'Check that the address is a vLLM server of the right kind and version; `laser doctor <file>` asks it.',
  },
  [failureTypes.noScores]: {
    triedAgain: 'errorSays',
    means: 'a reward model gives no finite score',
    whatToDo:
      "Look at the reward model server's log for NaN (float16 overflows; bfloat16 or float32 do not), or take the reward model out of rewardModels.",
  },
  [failureTypes.noPairs]: {
    triedAgain: 'never',
    means: 'a training step was given no preference pair',
    whatToDo: 'Raise sampling.completionsPerPrompt or sampling.temperature, so that completions differ.',
  },
  [failureTypes.nonFiniteLoss]: {
    triedAgain: 'never',
    means: 'the loss or the weights are not finite any more',
    whatToDo:
      'Lower training.learningRate or training.maxGradNorm, then run the campaign again, or `laser run <file> --from-iteration <m>`.',
  },
  [failureTypes.checkpointIncomplete]: {
    triedAgain: 'never',
    means: 'a checkpoint in the store cannot be read',
    whatToDo:
      'Delete the checkpoint that the message names from the store and run the campaign again: its step is done again.',
  },
  [failureTypes.outOfMemory]: {
    triedAgain: 'yes',
    means: 'the trainer ran out of memory',
    whatToDo: 'Lower training.miniBatchSize or training.maxLength, or train on a device with more memory.',
  },
  [failureTypes.trainerCrashed]: {
    triedAgain: 'yes',
    means: 'the training process ended by itself',
    whatToDo:
      "Look at the train worker's log and at the kernel's for a process killed for memory; lower training.miniBatchSize if so.",
  },
};

import { failureTypes } from '../contract/failure-types';

/** An artifact is named but not in the store. `type` is the failure type to report. */
export class ArtifactMissingError extends Error {
  readonly type = failureTypes.artifactMissing;
  constructor(sha256: string, root: string) {
    super(
      `Artifact ${sha256} is not in the store at ${root}. ` +
        'Check that every worker uses the same store (LASER_HOME), and that it was not cleaned while the campaign ran.',
    );
    this.name = 'ArtifactMissingError';
  }
}

/** Stored bytes are not what their name says. They have been moved aside, so that a rerun makes them again. */
export class ArtifactCorruptError extends Error {
  readonly type = failureTypes.artifactCorrupt;
  constructor(expected: string, actual: string, movedTo: string) {
    super(
      `Artifact ${expected} holds bytes with SHA-256 ${actual}; the file is now at ${movedTo}. ` +
        'Check the disk, then run the campaign again: the step that made it will be done again.',
    );
    this.name = 'ArtifactCorruptError';
  }
}

/** An artifact is whole, but its content is not of the shape that the reader expects. */
export class UnexpectedContentError extends Error {
  readonly type = failureTypes.artifactCorrupt;
  constructor(sha256: string, where: string, problem: string) {
    super(
      `Artifact ${sha256} is whole but does not hold what is expected${where}: ${problem}. ` +
        'Its reference is used for something else, or another version of LASeR wrote it: run one version everywhere.',
    );
    this.name = 'UnexpectedContentError';
  }
}

/** Whether an error says that stored content is gone or unusable: what a step that makes it again can mend. */
export function isContentError(error: unknown): boolean {
  const { type } = error as { type?: unknown };
  return type === failureTypes.artifactMissing || type === failureTypes.artifactCorrupt;
}

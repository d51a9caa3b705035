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
      `Artifact ${expected} holds bytes with SHA-256 ${actual}; the file is now ${movedTo}. ` +
        'Check the disk, then run the campaign again: the step that made it will be done again.',
    );
    this.name = 'ArtifactCorruptError';
  }
}

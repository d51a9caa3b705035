export { ArtifactStore } from './artifact-store';
export { ArtifactMissingError } from './errors';
export { canonicalJson } from './canonical-json';
export { hashesIn } from './garbage/hashes-in';
export { sweepStore, type Sweep, type SweepOptions } from './garbage/sweep-store';
export { materialiseBundle } from './materialise-bundle';
export { readLinks } from './read-links';
export { runStep, type Step, type StepOutcome } from './run-step';
export { sha256, stepKey } from './step-key';

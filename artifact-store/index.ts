export { ArtifactStore } from './artifact-store';
export { canonicalJson } from './canonical-json';
export { materialiseBundle } from './materialise-bundle';
export { runStep, type Step, type StepOutcome } from './run-step';
export { sha256, stepKey } from './step-key';

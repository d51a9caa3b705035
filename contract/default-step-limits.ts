/** How long one attempt of a step may take, how often it is tried, and how long is waited in between. */
export interface StepLimits {
  maximumAttempts: number;
  startToCloseTimeoutSeconds: number;
  initialIntervalSeconds: number;
  backoffCoefficient: number;
  maximumIntervalSeconds: number;
  /** Absent: the campaign's. */
  heartbeatTimeoutSeconds?: number | undefined;
}

/** A dead worker is noticed so fast, whatever it had in hand. */
export const defaultHeartbeatTimeoutSeconds = 30;

/** About an hour and a half of outage of a server; then the campaign fails and can be run again. */
const server: StepLimits = {
  maximumAttempts: 100,
  startToCloseTimeoutSeconds: 2 * 3600,
  initialIntervalSeconds: 1,
  backoffCoefficient: 2,
  maximumIntervalSeconds: 60,
};

/** Limits of each kind of step where a campaign file says nothing. */
export const defaultStepLimits = {
  generate: server,
  score: server,
  /** A crash (out of memory, a lost machine) is tried again; a broken machine is not tried for ever. */
  train: { ...server, startToCloseTimeoutSeconds: 6 * 3600, maximumAttempts: 8 },
  publish: server,
  evaluate: server,
  control: { ...server, startToCloseTimeoutSeconds: 1800, maximumIntervalSeconds: 30, maximumAttempts: 20 },
} as const satisfies Record<string, StepLimits>;

export type StepKind = keyof typeof defaultStepLimits;

/** Activities by the limits they run under. */
export const kindOfActivity: Readonly<Record<string, StepKind>> = {
  drawProbes: 'generate',
  planChunks: 'generate',
  fitContextScaling: 'generate',
  embedPrompts: 'generate',
  generateCompletions: 'generate',
  scoreCompletions: 'score',
  trainPolicy: 'train',
  fingerprintPolicy: 'train',
  publishPolicy: 'publish',
  evaluatePolicy: 'evaluate',
  drawPromptBatches: 'control',
};

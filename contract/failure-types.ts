/** `ApplicationFailure.type` of every failure other code must recognise. Compared as strings; the same list is in Python. */
export const failureTypes = {
  configInvalid: 'ConfigInvalid',
  artifactMissing: 'ArtifactMissing',
  artifactCorrupt: 'ArtifactCorrupt',
  modelNotFound: 'ModelNotFound',
  adapterRefused: 'AdapterRefused',
  fingerprintMismatch: 'FingerprintMismatch',
  requestRefused: 'RequestRefused',
  serverUnavailable: 'ServerUnavailable',
  protocolViolation: 'ProtocolViolation',
  noScores: 'NoScores',
  noPairs: 'NoPairs',
  nonFiniteLoss: 'NonFiniteLoss',
  checkpointIncomplete: 'CheckpointIncomplete',
  outOfMemory: 'OutOfMemory',
  trainerCrashed: 'TrainerCrashed',
} as const;
export type FailureType = (typeof failureTypes)[keyof typeof failureTypes];

/** With which a campaign's workflow ends; a CampaignFailure is the first of its details. */
export const campaignFailed = 'CampaignFailed';

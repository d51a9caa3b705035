import type { CampaignTraining } from './campaign-training';

const smoothed = ['robust', 'exo_pair'];
/** Losses made of the difference of two scores; for the others an f-divergence means nothing. */
const ofDifferences = ['sigmoid', 'sigmoid_norm', 'hinge', 'ipo', 'robust', 'exo_pair', 'discopop'];

/** Training options that do not go together, with the place of each in the campaign file. */
export function trainingProblems(
  { lossType, labelSmoothing = 0, fDivergenceType, miniBatchSize, microBatchSize, warmupRounds = 0 }: CampaignTraining,
  rounds: number,
): { path: string[]; message: string }[] {
  const problem = (key: string, message: string) => [{ path: ['training', key], message }];
  return [
    ...(lossType === 'exo_pair' && labelSmoothing === 0
      ? problem('labelSmoothing', 'must be above 0 for exo_pair; its paper takes 0.001')
      : []),
    ...(labelSmoothing > 0 && !smoothed.includes(lossType)
      ? problem('labelSmoothing', `has no meaning for ${lossType}; it is of ${smoothed.join(' and ')}`)
      : []),
    ...(fDivergenceType !== undefined && fDivergenceType !== 'reverse_kl' && !ofDifferences.includes(lossType)
      ? problem('fDivergenceType', `has no meaning for ${lossType}; it is of ${ofDifferences.join(', ')}`)
      : []),
    ...(microBatchSize !== undefined && microBatchSize > miniBatchSize
      ? problem('microBatchSize', `must not be above miniBatchSize (${miniBatchSize})`)
      : []),
    ...(warmupRounds > 0 && warmupRounds >= rounds
      ? problem('warmupRounds', `must be below the campaign’s ${rounds} rounds`)
      : []),
  ];
}

/** Neutral values of the sampling options that a campaign does not set; sent all the same, or the server's defaults apply. */
export const plainSampling = { topK: 0, minP: 0, repetitionPenalty: 1 } as const;

/** What a choice was worth: as measured, and in [0, 1]. */
export interface Measured {
  rawReward: number;
  reward: number;
}

/** mean = cᵀA⁻¹b; variance = cᵀA⁻¹c, the square of LinUCB's width before α. */
export interface RidgePrediction {
  readonly mean: number;
  readonly variance: number;
}

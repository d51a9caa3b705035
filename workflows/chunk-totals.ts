import { addNamed } from '../algorithm/add-named';
import type { SplitTotals } from '../contract/best-of-n-run';
import type { ChunkSummary } from './chunk';

/** A split of which nothing is done. */
export function noChunks(ofChunks: number, cutPrompts: number): SplitTotals {
  return {
    ...{ chunks: 0, ofChunks, prompts: 0, measured: 0, value: 0, first: 0, oracle: 0, picks: {}, cutPrompts },
    ...{ generatedTokens: 0, scored: 0, missing: 0, seconds: {} },
  };
}

export function addChunk(totals: SplitTotals, chunk: ChunkSummary): SplitTotals {
  return {
    ...totals,
    chunks: totals.chunks + 1,
    prompts: totals.prompts + chunk.prompts,
    measured: totals.measured + chunk.measured,
    value: totals.value + chunk.value,
    first: totals.first + chunk.first,
    oracle: totals.oracle + chunk.oracle,
    picks: addNamed(totals.picks, chunk.picks),
    generatedTokens: totals.generatedTokens + chunk.generatedTokens,
    scored: totals.scored + chunk.scored,
    missing: totals.missing + chunk.missing,
    seconds: addNamed(totals.seconds, chunk.seconds),
  };
}

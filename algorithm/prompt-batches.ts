import { deriveSeed } from './derive-seed';
import { seededRandom, type Random } from './seeded-random';

export interface PromptBatchOptions {
  /** T, how many batches to plan. */
  readonly rounds: number;
  readonly promptBatchSize: number;
  /** `mixed`: from all prompts. `byCategory`: every batch from one category, the categories taking turns. */
  readonly batching: 'mixed' | 'byCategory';
  readonly seed: number;
}

/** A round's prompts by their places in the list; `category` is null when batches are mixed. */
export interface PromptBatch {
  readonly prompts: readonly number[];
  readonly category: string | null;
}

/**
 * The prompts of each round, drawn without replacement pass after pass: no prompt comes a second time before all have
 * come once (all of its category, by category), every pass is in a new order, and no batch holds a prompt twice.
 * By category, each block of K rounds is a permutation of the K categories.
 * Throws when a batch is larger than what it is drawn from, or by category when a prompt has none.
 */
export function planPromptBatches(
  prompts: readonly { readonly category?: string | undefined }[],
  { rounds, promptBatchSize, batching, seed }: PromptBatchOptions,
): PromptBatch[] {
  if (!Number.isInteger(rounds) || rounds < 0 || !Number.isInteger(promptBatchSize) || promptBatchSize < 1) {
    throw new Error(
      `planPromptBatches: rounds is ${rounds} and promptBatchSize ${promptBatchSize}; give whole numbers of at least 0 and 1.`,
    );
  }
  if (batching === 'mixed') {
    const draw = batchesOf(
      [...prompts.keys()],
      promptBatchSize,
      'all prompts',
      seededRandom(deriveSeed(seed, 'mixed')),
    );
    return Array.from({ length: rounds }, () => ({ prompts: draw(), category: null }));
  }
  const draws = new Map<string, () => number[]>();
  for (const [category, members] of byCategory(prompts)) {
    const random = seededRandom(deriveSeed(seed, 'category', category));
    draws.set(category, batchesOf(members, promptBatchSize, `category '${category}'`, random));
  }
  const nextCategory = turns([...draws.keys()].sort(), seededRandom(deriveSeed(seed, 'turns')));
  return Array.from({ length: rounds }, () => {
    const category = nextCategory();
    return { prompts: draws.get(category)?.() ?? [], category };
  });
}

function batchesOf(members: readonly number[], size: number, where: string, random: Random): () => number[] {
  if (members.length < size) {
    throw new Error(
      `planPromptBatches: ${where} has ${members.length} prompts, fewer than promptBatchSize ${size}; add prompts or lower it.`,
    );
  }
  let queue: number[] = [];
  return () => {
    const batch = queue.splice(0, size);
    if (batch.length === size) return batch;
    const pass = random.shuffle(members);
    const taken = new Set(batch);
    const filled = [...batch, ...pass.filter((prompt) => !taken.has(prompt)).slice(0, size - batch.length)];
    const fresh = new Set(filled.slice(batch.length));
    queue = pass.filter((prompt) => !fresh.has(prompt));
    return filled;
  };
}

function turns(categories: readonly string[], random: Random): () => string {
  let queue: string[] = [];
  return () => {
    if (queue.length === 0) queue = random.shuffle(categories);
    return queue.shift() as string;
  };
}

function byCategory(prompts: readonly { readonly category?: string | undefined }[]): Map<string, number[]> {
  const categories = new Map<string, number[]>();
  for (const [index, { category }] of prompts.entries()) {
    if (category === undefined) {
      throw new Error(`planPromptBatches: prompt ${index} has no category; give it one, or use batching 'mixed'.`);
    }
    const members = categories.get(category) ?? [];
    members.push(index);
    categories.set(category, members);
  }
  return categories;
}

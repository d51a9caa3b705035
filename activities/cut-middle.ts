interface CutOptions {
  /** Of the whole text. */
  tokens: number;
  /** The most tokens that are left. */
  longest: number;
  count: (text: string) => Promise<number>;
}

/**
 * A text without its middle, so that it fits: as many characters from its beginning as from its end, because
 * instructions stand at both (as LongBench cuts its prompts; Bai et al. 2023, arXiv 2308.14508). Tokens are counted again
 * after every cut, as they do not add up over the seam. What is left may be a little shorter than it could be.
 */
export async function cutMiddle(
  text: string,
  { tokens, longest, count }: CutOptions,
): Promise<{ text: string; tokens: number }> {
  const characters = [...text];
  let kept = characters.length;
  let left = { text, tokens };
  while (left.tokens > longest && kept > 0) {
    kept = Math.min(kept - 1, Math.floor((kept * longest) / left.tokens));
    const head = Math.ceil(kept / 2);
    const tail = characters.length - (kept - head);
    const cut = [...characters.slice(0, head), ...characters.slice(tail)].join('');
    left = { text: cut, tokens: await count(cut) };
  }
  return left;
}

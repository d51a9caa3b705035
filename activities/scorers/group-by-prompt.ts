import type { ScoredText } from './scorer';

/** The places of each prompt's items, prompts in the order of their first. */
export function groupByPrompt(items: readonly ScoredText[]): { prompt: string; places: number[] }[] {
  const groups = new Map<string, number[]>();
  items.forEach(({ prompt }, place) => {
    const places = groups.get(prompt);
    if (places) places.push(place);
    else groups.set(prompt, [place]);
  });
  return [...groups].map(([prompt, places]) => ({ prompt, places }));
}

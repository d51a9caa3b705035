const hash = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;

/** Every SHA-256 in a text. Whatever is so named is taken to be needed, so nothing is missed for not knowing a format. */
export function hashesIn(text: string): string[] {
  return text.match(hash) ?? [];
}

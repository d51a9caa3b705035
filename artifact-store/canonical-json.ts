import canonicalize from 'canonicalize';

/** An escaped surrogate: canonical text escapes none that stands in a pair. */
const loneSurrogate = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/**
 * RFC 8785 text of a JSON value: the same value gives the same bytes in TypeScript and Python.
 * Fields that are `undefined` are left out.
 * @throws TypeError for a value that JSON cannot carry (NaN, Infinity, a lone surrogate, a function, undefined at the top).
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (error) {
    throw new TypeError(`This value has no canonical JSON: ${(error as Error).message}`, { cause: error });
  }
  if (text === undefined) throw new TypeError(`This value has no canonical JSON: it is ${typeof value}`);
  if (loneSurrogate.test(text)) {
    throw new TypeError('This value has no canonical JSON: a text in it has half of a surrogate pair');
  }
  return text;
}

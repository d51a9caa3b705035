/** Text that is HTML already. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | readonly Html[];

/**
 * HTML from a template, without the indentation of its lines; every part that is not HTML itself is escaped, so data can
 * never become markup.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const literals = strings.map((literal) => literal.replace(/\n\s+/g, '\n'));
  return new Html(literals.reduce((text, literal, index) => text + textOf(parts[index - 1] ?? '') + literal));
}

function textOf(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('\n');
  return escape(String(part));
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

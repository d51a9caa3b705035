const maxLength = 600;

/**
 * The human part of an error body, in any of the shapes servers use: vLLM `{error:{message}}` and `{error:"..."}`,
 * FastAPI `{detail}`, TEI `{error, error_type}`, plain text. null when there is none; HTML is reported as such.
 */
export function readServerMessage(body: string): string | null {
  const text = body.trim();
  if (text === '') return null;
  if (/^<(!doctype|html)/i.test(text)) return 'an HTML page (a proxy or another kind of server answered)';
  return clean(fromJson(text) ?? text);
}

function fromJson(text: string): string | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const error = field(parsed, 'error');
  const message = field(error, 'message') ?? error ?? field(parsed, 'detail') ?? field(parsed, 'message');
  if (message === undefined || message === null) return null;
  return typeof message === 'string' ? message : JSON.stringify(message);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function clean(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
  return plain.length > maxLength ? `${plain.slice(0, maxLength)}…` : plain;
}

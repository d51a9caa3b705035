import { type z } from 'zod';
import { ProtocolViolationError, type CallSite } from './errors';

/**
 * A reply body against the fields we read. A bare NaN or Infinity, which Python's json writes and JSON forbids,
 * becomes null, so that one bad score costs one sample and not the request. Throws ProtocolViolationError.
 */
export function parseReply<Schema extends z.ZodType>(body: string, schema: Schema, site: CallSite): z.output<Schema> {
  const result = schema.safeParse(parseJson(body, site));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'the reply' : issue.path.join('.');
  throw new ProtocolViolationError(`${where}: ${issue?.message ?? 'not as expected'}`, site);
}

function parseJson(body: string, site: CallSite): unknown {
  try {
    return JSON.parse(body);
  } catch {
    try {
      return JSON.parse(nullNonFinite(body));
    } catch {
      throw new ProtocolViolationError(`the body is not JSON: ${describe(body)}`, site);
    }
  }
}

function nullNonFinite(body: string): string {
  return body.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) => (token.startsWith('"') ? token : 'null'));
}

function describe(body: string): string {
  if (body.trim() === '') return 'it is empty';
  if (/^\s*</.test(body)) return 'it is an HTML page; is the endpoint a model server?';
  return `it has ${body.length} characters and may be cut short`;
}

import { DAYS_OF_WEEK, MONTHS, type CalendarSpec } from '@temporalio/client';
import { CommandError, exitCodes } from '../command-error';

/** Fields of a calendar: the names that stand for their values, or null for numbers. */
const fields: Record<string, readonly string[] | null> = {
  second: null,
  minute: null,
  hour: null,
  dayOfMonth: null,
  month: MONTHS,
  year: null,
  dayOfWeek: DAYS_OF_WEEK,
};

/**
 * Times as fields: `dayOfWeek=MON-FRI hour=3,15 minute=0-59/10`. Names may be cut to three letters. Fields that are left
 * out: second, minute and hour are 0, all others any. @throws CommandError
 */
export function parseCalendar(text: string): CalendarSpec {
  const calendar: Record<string, unknown> = {};
  for (const part of text.trim().split(/\s+/)) {
    const [, name = '', values = ''] = /^(\w+)=(.+)$/.exec(part) ?? [];
    const names = fields[name];
    if (names === undefined) {
      throw refusal(
        `"${part}" in the calendar "${text}"`,
        `Give name=values, with one of ${Object.keys(fields).join(', ')}.`,
      );
    }
    calendar[name] = values === '*' ? '*' : values.split(',').map((value) => parseRange(part, value, names));
  }
  return { ...calendar, comment: text };
}

/** `a`, `a-b` or `a-b/step`. */
function parseRange(part: string, value: string, names: readonly string[] | null) {
  const [, start = '', end, step] = /^(\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(value) ?? [];
  const read = (word: string) => parseValue(part, word, names);
  return { start: read(start), end: read(end ?? start), step: step === undefined ? 1 : Number(step) };
}

function parseValue(part: string, word: string, names: readonly string[] | null): number | string {
  if (names === null) {
    if (/^\d+$/.test(word)) return Number(word);
    throw refusal(`"${part}"`, 'Give whole numbers, as in minute=0,30 or hour=8-18/2.');
  }
  const name = names.find((known) => word.length >= 3 && known.startsWith(word.toUpperCase()));
  if (name === undefined) throw refusal(`"${part}"`, `Give names: ${names.join(', ')}, or their first three letters.`);
  return name;
}

function refusal(what: string, advice: string): CommandError {
  return new CommandError(`${what} is not understood. ${advice}`, exitCodes.usage);
}

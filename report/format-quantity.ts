/** Keeps a number and its unit on one line. */
const nbsp = '\u00a0';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 12,345 */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** A share as 12.3 %. */
export function formatPercent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)}${nbsp}%`;
}

/** A difference of shares as +12.3 (percentage points). */
export function formatPoints(difference: number): string {
  const text = Math.abs(100 * difference).toFixed(1);
  if (text === '0.0') return '0.0';
  return `${difference < 0 ? '−' : '+'}${text}`;
}

/** About four significant digits, as people write them; an en dash where there is no number. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 10_000) return withMinus(whole.format(value));
  if (size < 0.0005) return withMinus(value.toExponential(1));
  const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3;
  return withMinus(value.toFixed(digits));
}

/** The same for the ticks of an axis, which are round numbers: no noughts behind. */
export function formatTick(value: number): string {
  if (Math.abs(value) >= 10_000) return formatNumber(value);
  return withMinus(String(Number(value.toPrecision(4))));
}

function withMinus(text: string): string {
  return text.replace('-', '−');
}

/** McNemar's p and the like: = 0.0123, < 0.0001. */
export function formatProbability(p: number): string {
  return p < 1e-4 ? `<${nbsp}0.0001` : `=${nbsp}${p.toFixed(p < 0.01 ? 4 : 3)}`;
}

/** 0.8 s, 42 s, 3 min 5 s, 2 h 7 min, 3 d 4 h. */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)}${nbsp}s`;
  const total = Math.round(seconds);
  if (total < 60) return `${total}${nbsp}s`;
  if (total < 3600) return `${Math.floor(total / 60)}${nbsp}min${nbsp}${total % 60}${nbsp}s`;
  const minutes = Math.round(total / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)}${nbsp}h${nbsp}${minutes % 60}${nbsp}min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)}${nbsp}d${nbsp}${hours % 24}${nbsp}h`;
}

/** 12.34 USD, and enough digits of what is less than a hundredth. */
export function formatMoney(amount: number, currency: string): string {
  const text = amount !== 0 && amount < 0.1 ? amount.toPrecision(2) : amount.toFixed(2);
  return `${Number(text).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 12 })}${nbsp}${currency}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 24 Nov 2026 09:42:10 UTC, of an ISO time in UTC. */
export function formatTime(iso: string): string {
  const month = months[Number(iso.slice(5, 7)) - 1] ?? '';
  return [String(Number(iso.slice(8, 10))), month, iso.slice(0, 4), iso.slice(11, 19), 'UTC'].join(nbsp);
}

/** The first digits of a hash, enough to find it by. */
export function formatHash(sha256: string): string {
  return sha256.slice(0, 12);
}

/** One thing, two things. */
export function formatMany(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

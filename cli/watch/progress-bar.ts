import type { WatchLine } from '../../contract/cli-output/campaign';

type Progress = Extract<WatchLine, { type: 'progress' }>;

const widest = 30;

/** `training  ███████░░░░░  12/48 rounds  about 3 min left`, no wider than the terminal. */
export function progressBar({ phase, rounds, ofRounds, expectedEnd }: Progress, now: number, columns: number): string {
  const counted = `${rounds}/${ofRounds} rounds`;
  const left = expectedEnd === null ? '' : `  about ${duration(Date.parse(expectedEnd) - now)} left`;
  const room = columns - 1 - phase.length - counted.length - left.length - 4;
  const width = Math.max(0, Math.min(widest, room));
  const full = ofRounds === 0 ? 0 : Math.round((width * Math.min(rounds, ofRounds)) / ofRounds);
  return [phase, '█'.repeat(full) + '░'.repeat(width - full), counted].join('  ').slice(0, columns - 1) + left;
}

function duration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return 'a minute';
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

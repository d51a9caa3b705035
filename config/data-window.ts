import type { Campaign } from '../contract/campaign';

const placeholder = /\{(date|time)\}/g;

/** Whether the data of a campaign depends on when it runs. */
export function hasDataWindow({ data }: Campaign): boolean {
  return [data.train, data.heldOut].some((path) => path.search(placeholder) >= 0);
}

/**
 * The campaign with the data of one time: `{date}` (YYYY-MM-DD) and `{time}` (YYYY-MM-DDTHH-MM-SSZ, so that it can be
 * part of a file's name) in the paths `data.train` and `data.heldOut`, both UTC.
 */
export function inDataWindow(campaign: Campaign, time: Date): Campaign {
  const seconds = time.toISOString().slice(0, 19);
  const values: Record<string, string> = { date: seconds.slice(0, 10), time: `${seconds.replaceAll(':', '-')}Z` };
  const fill = (path: string) => path.replace(placeholder, (_, name: string) => values[name] ?? '');
  const { data } = campaign;
  return { ...campaign, data: { ...data, train: fill(data.train), heldOut: fill(data.heldOut) } };
}

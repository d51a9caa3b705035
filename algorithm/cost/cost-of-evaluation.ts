import type { Cost } from '../../contract/cost-ledger';
import type { Prices } from '../../contract/prices';
import { noCost } from './add-costs';

/** What it cost to measure a policy on the held-out prompts; its tokens are not counted. */
export function costOfEvaluation({ seconds }: { seconds: number }, prices: Prices | undefined): Cost {
  const money = seconds * (prices?.perSecond.evaluate ?? 0);
  return { ...noCost, seconds: { evaluate: seconds }, wallSeconds: seconds, money };
}

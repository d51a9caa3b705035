import { ProtocolViolationError, type CallSite } from './errors';

/** For replies that carry no index: as many results as inputs, or nobody knows whose is whose. */
export function checkCount(results: readonly unknown[], count: number, site: CallSite): void {
  if (results.length === count) return;
  throw new ProtocolViolationError(`it sent ${results.length} results where ${count} were asked for`, site);
}

import type { ResolvedCampaign } from '../../contract/campaign-run';
import type { ConfigurationChange } from '../../contract/configuration-change';

type Json = ConfigurationChange['from'];

/** Where the campaign file has what a resolved campaign has under another name. The first that fits counts. */
const fileKeys: [RegExp, string][] = [
  [/^serving\.baseModel\.name$/, 'policy.model'],
  [/^serving\.baseModel\.revision$/, 'policy.revision'],
  [/^serving\./, 'policy.'],
  [/^lora\./, 'policy.lora.'],
  [/^batching$/, 'data.batching'],
  [/^trainPrompts\.sha256$/, 'data.train'],
  [/^heldOutPrompts\.sha256$/, 'data.heldOut'],
  [/^labelledPreferences\.sha256$/, 'selection.labelled'],
];
/** Where this machine has something, and what follows from a key that is compared. */
const ignored =
  /^(serving\.baseModel\.path|(trainPrompts|heldOutPrompts|labelledPreferences)\.(bytes|mediaType)|selection\.(bandit\.)?(prior\.)?labelled|rewardModels\.[^.]+\.id)$/;

/** Keys of the campaign file in which two configurations differ, sorted. Data and weights are compared by what they hold. */
export function changedKeys(before: ResolvedCampaign, after: ResolvedCampaign): ConfigurationChange[] {
  const [from, to] = [valuesByKey(before), valuesByKey(after)];
  return [...new Set([...from.keys(), ...to.keys()])]
    .sort()
    .map((key) => ({ key, from: from.get(key) ?? null, to: to.get(key) ?? null }))
    .filter((change) => JSON.stringify(change.from) !== JSON.stringify(change.to));
}

function valuesByKey(campaign: ResolvedCampaign): Map<string, Json> {
  const { rewardModels, ...rest } = campaign;
  const byId = Object.fromEntries(rewardModels.map((model) => [model.id, model]));
  const leaves = leavesOf({ ...rest, rewardModels: byId }, '');
  return new Map(leaves.filter(([path]) => !ignored.test(path)).map(([path, value]) => [fileKey(path), value]));
}

function leavesOf(value: unknown, path: string): [string, Json][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, (value ?? null) as Json]];
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, path === '' ? key : `${path}.${key}`));
}

function fileKey(path: string): string {
  const [pattern, name] = fileKeys.find(([known]) => known.test(path)) ?? [];
  return pattern === undefined || name === undefined ? path : path.replace(pattern, name);
}

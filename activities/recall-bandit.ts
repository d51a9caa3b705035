import type { Bandit, BanditState, ContextVector } from '../algorithm';
import type { ArtifactStore } from '../artifact-store';
import type { ArtifactRef } from '../contract/artifact';
import { banditLog, type BanditLog, type BanditObservation } from '../contract/bandit-log';
import { contextArtifact } from '../contract/round';
import { banditOfSelection } from './bandit-of-selection';

interface RecalledBandit {
  log: BanditLog;
  bandit: Bandit;
  state: BanditState;
}

const keptStates = 16;
const recalled = new Map<string, RecalledBandit>();

/**
 * The bandit as a log left it: every estimate is a fold over the observations, so any worker can recompute it to the bit.
 * The worker that wrote the log still has the state, and pays nothing.
 */
export async function recallBandit(store: ArtifactStore, ref: ArtifactRef): Promise<RecalledBandit> {
  const known = recalled.get(ref.sha256);
  if (known) return known;
  const log = await store.getJson(ref, banditLog);
  const { bandit, initialState } = banditOfSelection(log.selection, log.arms);
  let state = initialState;
  for (const observation of log.observations) {
    state = observe(bandit, state, observation, await readContext(store, observation.context));
  }
  return remember(ref, { log, bandit, state });
}

/** Adds one observation; the new log is stored. */
export async function extendBandit(
  store: ArtifactStore,
  ref: ArtifactRef,
  observation: BanditObservation,
): Promise<ArtifactRef> {
  const { log, bandit, state } = await recallBandit(store, ref);
  const next = observe(bandit, state, observation, await readContext(store, observation.context));
  const extended = banditLog.parse({ ...log, observations: [...log.observations, observation] });
  const extendedRef = await store.putJson(extended);
  remember(extendedRef, { log: extended, bandit, state: next });
  return extendedRef;
}

export async function readContext(store: ArtifactStore, sha256: string): Promise<ContextVector> {
  return (await store.getJson({ sha256 }, contextArtifact)).values;
}

function observe(bandit: Bandit, state: BanditState, observation: BanditObservation, context: ContextVector) {
  const { armId: arm, reward, propensity } = observation;
  return bandit.update(state, { arm, reward, propensity, context });
}

function remember(ref: ArtifactRef, bandit: RecalledBandit): RecalledBandit {
  recalled.set(ref.sha256, bandit);
  const oldest = recalled.keys().next().value;
  if (recalled.size > keptStates && oldest !== undefined) recalled.delete(oldest);
  return bandit;
}

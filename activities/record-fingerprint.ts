import { policyFingerprint, type PolicyFingerprint } from '../contract/policy';
import type { ActivityDependencies } from './dependencies';

/** Keeps the trainer's log-probabilities of the probes beside the policy version they belong to. */
export async function recordFingerprint({ store }: ActivityDependencies, raw: PolicyFingerprint) {
  return { fingerprint: await store.putJson(policyFingerprint.parse(raw)) };
}

import type { ArtifactStore } from '../artifact-store';
import type { IterationReport } from '../contract/iteration-run';
import type { ServerAddress } from '../contract/reward-model';
import type { ResolvedScheduledRun, ScheduledRun } from '../contract/scheduled-campaign';
import type { ModelServer } from '../model-server';
import type { MathVerifier } from './scorers/verifier/math-verifier';

/** What the activities of a worker need from outside. */
export interface ActivityDependencies {
  store: ArtifactStore;
  /** The connection to a server; `embedded` is resolved from the worker's environment. */
  modelServer: (address: ServerAddress) => ModelServer;
  /** Checks answers for verifiers of kind mathEquivalence; only workers that score need it. */
  mathVerifier?: MathVerifier;
  /** Reads the campaign file and asks Temporal for the schedule's newest good run; only workers of the control queue need it. */
  resolveScheduledCampaign?: (run: ScheduledRun) => Promise<ResolvedScheduledRun>;
  /** Signals a campaign; only workers of the control queue need it. */
  tellCampaign?: (workflowId: string, report: IterationReport) => Promise<void>;
}

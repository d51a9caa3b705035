import type { ArtifactStore } from '../artifact-store';
import type { ServerAddress } from '../contract/reward-model';
import type { ModelServer } from '../model-server';

/** What the activities of a worker need from outside. */
export interface ActivityDependencies {
  store: ArtifactStore;
  /** The connection to a server; `embedded` is resolved from the worker's environment. */
  modelServer: (address: ServerAddress) => ModelServer;
}

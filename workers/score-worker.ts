import { scoreQueue } from '../contract/task-queues';
import { runWorkers } from './run-workers';

/** Calls reward models' servers. Arguments: the ids of the reward models to serve, each with a queue of its own. */
const rewardModelIds = process.argv.slice(2);
if (rewardModelIds.length === 0) {
  process.stderr.write('score-worker: name the reward models to serve, e.g. `laser worker score eurus-7b olmo-7b`.\n');
  process.exit(2);
}
void runWorkers(() =>
  rewardModelIds.map((id) => ({ taskQueue: scoreQueue(id), maxConcurrentActivityTaskExecutions: 2 })),
);

import { taskQueues } from '../contract/task-queues';
import { runWorkers } from './run-workers';

/** Calls the generation and the context server. */
void runWorkers(() => [{ taskQueue: taskQueues.generate, maxConcurrentActivityTaskExecutions: 4 }]);

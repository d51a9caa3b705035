import { join } from 'node:path';
import { taskQueues } from '../contract/task-queues';
import { runWorkers } from './run-workers';

/** Workflows, and the short activities on the store. Any number of these may run. */
void runWorkers(() => [
  {
    taskQueue: taskQueues.control,
    workflowBundle: { codePath: join(__dirname, '..', 'workflow-bundle.js') },
    // After a killed worker its workflows move to another one this fast.
    stickyQueueScheduleToStartTimeout: '1s',
  },
]);

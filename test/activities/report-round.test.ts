import { createActivities } from '../../activities';
import type { IterationReport } from '../../contract/iteration-run';
import { useActivityWorld } from './activity-world';

const world = useActivityWorld();
const report = { iteration: 2 } as IterationReport;

/** The activity in a worker that tells campaigns in this way. */
function reportRound(tellCampaign?: (workflowId: string, report: IterationReport) => Promise<void>) {
  const dependencies = { store: world.store(), modelServer: world.client };
  const activities = createActivities({ ...dependencies, ...(tellCampaign && { tellCampaign }) });
  return world.environment().run(activities.reportRound, { workflowId: 'laser-c', report });
}

test('the campaign is told', async () => {
  const told: unknown[] = [];
  await reportRound((workflowId, given) => Promise.resolve(void told.push([workflowId, given])));
  expect(told).toEqual([['laser-c', report]]);
});

test('a campaign that cannot be told fails no round', async () => {
  await expect(reportRound(() => Promise.reject(new Error('gone')))).resolves.toBeUndefined();
  await expect(reportRound()).resolves.toBeUndefined();
});

import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { findCampaign } from '../../../cli/find-campaign';
import { collectReport } from '../../../cli/report/collect-report';
import { taskQueues } from '../../../contract/task-queues';
import { buildCampaignReport } from '../../../report';
import type { campaignWorkflow } from '../../../workflows';
import { useTemporaryStore } from '../../artifact-store/temporary-store';
import { runModule, setupFolder } from '../../setup/run-module';
import { campaign } from '../../workflows/workflow-world';

describe('a campaign that no worker answers for', () => {
  const store = useTemporaryStore();
  let environment: TestWorkflowEnvironment;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    const paths = JSON.stringify(`file://${setupFolder}/paths.mjs`);
    const { value: path } = runModule('find-temporal.mjs', `m.findTemporal((await import(${paths})).project)`);
    const executable = { type: 'existing-path', path: path as string } as const;
    environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
    await environment.client.workflow.start<typeof campaignWorkflow>('campaignWorkflow', {
      workflowId: 'laser-alone',
      taskQueue: taskQueues.control,
      args: [{ campaignId: 'alone', campaign, searchable: false }],
    });
  }, 60_000);
  afterAll(() => environment?.teardown());

  const report = async () => {
    const { client } = environment;
    return buildCampaignReport(await collectReport(client, store(), await findCampaign(client, 'alone')));
  };

  it('is reported from its history, with a note', async () => {
    expect(await report()).toMatchObject({
      ...{ campaignId: 'alone', status: 'running', endedAt: null, failure: null, rounds: [] },
      notes: [expect.stringMatching(/^No worker answers .*`laser up`/)],
      progress: { iterations: 1, iterationsDone: 0, rounds: 0 },
      lineage: { configuration: expect.stringMatching(/^[0-9a-f]{64}$/), policies: [{ iteration: 0, adapter: null }] },
    });
  }, 60_000);

  it('terminated, says by whom', async () => {
    await environment.client.workflow.getHandle('laser-alone').terminate('the disk is needed');
    expect(await report()).toMatchObject({
      status: 'failed',
      endedAt: expect.any(String),
      failure: expect.stringMatching(/^Campaign alone failed.*the disk is needed/),
    });
  }, 60_000);
});

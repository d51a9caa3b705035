import { ApplicationFailure } from '@temporalio/common';
import { showStatus } from '../../cli/show-status';
import { campaignFailure } from '../../contract/campaign-failure';
import { failureTypes } from '../../contract/failure-types';
import { rejection } from '../model-server/against';
import { useWorkflowWorld } from '../workflows/workflow-world';

const world = useWorkflowWorld();

/** What `laser status <campaign>` prints. */
async function status(campaignId: string, json: boolean): Promise<string> {
  const before = process.env['TEMPORAL_ADDRESS'];
  process.env['TEMPORAL_ADDRESS'] = world.address();
  let printed = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  try {
    await showStatus(campaignId, { json });
  } finally {
    write.mockRestore();
    if (before === undefined) delete process.env['TEMPORAL_ADDRESS'];
    else process.env['TEMPORAL_ADDRESS'] = before;
  }
  return printed;
}

test('laser status says in a paragraph why a campaign failed, and in parts as JSON', async () => {
  world.control.hook = ({ step, round }) => {
    if (step === 'scoreCompletions' && round === 2)
      throw ApplicationFailure.nonRetryable('the key is wrong', failureTypes.requestRefused);
  };
  const handle = await world.start();
  await rejection(handle.result());
  const campaignId = handle.workflowId.replace(/^laser-/, '');
  const text = await status(campaignId, false);
  expect(text).toMatch(
    /Campaign test-\d+ failed in iteration 1, round 2, while scoring with rm-b: the key is wrong \(RequestRefused\)\. What to do: /,
  );
  const { status: outcome, failure } = JSON.parse(await status(campaignId, true)) as Record<string, unknown>;
  expect(outcome).toBe('failed');
  expect(campaignFailure.parse(failure)).toMatchObject({ step: 'score', round: 2, rewardModelId: 'rm-b' });
});

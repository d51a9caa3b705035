import { campaignStateQuery } from '../../workflows/messages';
import { campaign, useWorkflowWorld } from './workflow-world';

const world = useWorkflowWorld();

test('a reward model of a later iteration is masked until that iteration begins', async () => {
  const [first, second] = campaign.rewardModels;
  const inFirst = world.hold({ step: 'trainPolicy', iteration: 1 });
  const handle = await world.start({ iterations: 2, rewardModels: [first!, { ...second!, fromIteration: 2 }] });
  const state = () => handle.query(campaignStateQuery);
  const statuses = async () => (await state()).rewardModels.map(({ id, status }) => `${id} ${status}`);
  await inFirst.reached();
  expect(await statuses()).toEqual(['rm-a active', 'rm-b masked']);

  const inSecond = world.hold({ step: 'trainPolicy', iteration: 2 });
  inFirst.release();
  await inSecond.reached();
  expect(await statuses()).toEqual(['rm-a active', 'rm-b active']);
  const { banditLog, recentEvents } = await state();
  expect(world.log(banditLog!)).toMatchObject({ arms: ['rm-a', 'rm-b'], masked: ['rm-b'] });
  expect(recentEvents).toContainEqual(
    expect.objectContaining({ type: 'rewardModelUnmasked', iteration: 2, message: expect.stringContaining('rm-b') }),
  );
  inSecond.release();
  expect(world.log((await handle.result()).banditLog)).toMatchObject({ masked: [] });
});

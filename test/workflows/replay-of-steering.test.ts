import { pauseUpdate, resumeUpdate } from '../../workflows/messages';
import type { Step } from './fake-activities';
import { until, useWorkflowWorld } from './workflow-world';

const world = useWorkflowWorld();
const origin = { by: 'ada', why: null };
/** A step that takes longer than this ends a workflow task in its middle, so an update lands while it is under way. */
const workflowTaskTimeout = '1s';

const timesCalled = (step: Step) => world.called({ step }).length;
/** Waits until a step is called once more than it was. */
const calledAgain = (step: Step, before = timesCalled(step)) => until(() => timesCalled(step) > before);

async function pauseAndResume(handle: Awaited<ReturnType<typeof world.start>>, between: () => Promise<void>) {
  const again = calledAgain('recordEvent');
  const paused = handle.executeUpdate(pauseUpdate, { args: [origin] });
  await again;
  await between();
  await paused;
  await handle.executeUpdate(resumeUpdate, { args: [origin] });
}

test.each(['createBandit', 'recordFingerprint', 'recordCheckpoint'] as const)(
  'a history replays in which an update lands while %s is under way',
  async (step) => {
    const { release, reached } = world.hold({ step });
    const handle = await world.start({ iterations: 2 }, { workflowTaskTimeout });
    await reached();
    await pauseAndResume(handle, () => Promise.resolve(release()));
    await handle.result();
    await world.replay(handle);
  },
  20_000,
);

test('a history replays in which a step of the campaign ends while the event of an update is being written', async () => {
  const { release, reached } = world.hold({ step: 'fitContextScaling' });
  const handle = await world.start({ iterations: 2 }, { workflowTaskTimeout });
  await reached();
  const events = timesCalled('recordEvent');
  let write = () => undefined as void;
  const written = new Promise<void>((resolve) => (write = resolve));
  const atFit = world.control.hook;
  world.control.hook = (called) =>
    called.step === 'recordEvent' && timesCalled('recordEvent') === events + 1 ? written : atFit(called);
  await pauseAndResume(handle, async () => {
    release();
    await calledAgain('createBandit', 0);
    write();
  });
  await handle.result();
  await world.replay(handle);
}, 20_000);

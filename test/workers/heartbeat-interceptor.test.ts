import { setTimeout as delay } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { beatWhileRunning } from '../../workers/heartbeat-interceptor';

function environmentWith(info: { isLocal: boolean; heartbeatTimeoutMs?: number }) {
  const environment = new MockActivityEnvironment(info, { interceptors: [beatWhileRunning] });
  const beats: number[] = [];
  environment.on('heartbeat', () => beats.push(Date.now()));
  return { environment, beats };
}

test('an activity that never thinks of it beats until it ends, several times within the timeout', async () => {
  const { environment, beats } = environmentWith({ isLocal: false, heartbeatTimeoutMs: 150 });
  expect(await environment.run(() => delay(400, 'done'))).toBe('done');
  const heard = beats.length;
  expect(heard).toBeGreaterThanOrEqual(3);
  await delay(200);
  expect(beats).toHaveLength(heard);
});

test('one that fails stops beating too', async () => {
  const { environment, beats } = environmentWith({ isLocal: false, heartbeatTimeoutMs: 30 });
  const failing = environment.run(async () => {
    await delay(100);
    throw new Error('no room left on the disk');
  });
  await expect(failing).rejects.toThrow('no room left');
  const heard = beats.length;
  expect(heard).toBeGreaterThan(0);
  await delay(100);
  expect(beats).toHaveLength(heard);
});

test.each([{ isLocal: true, heartbeatTimeoutMs: 30 }, { isLocal: false }])(
  'nothing is sent where nobody listens: %j',
  async (info) => {
    const { environment, beats } = environmentWith(info);
    await environment.run(() => delay(100));
    expect(beats).toEqual([]);
  },
);

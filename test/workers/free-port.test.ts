import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort } from '../../workers/embedded/free-port';

/** A free port below the ephemeral ones, so that a claim on it is a port too. */
const preferred = async () => {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.close();
    if (isFree) return port;
  }
};

test('of several that find a port free, before any of them listens on it, one gets it', async () => {
  const port = await preferred();
  const given = [await freePort(port), await freePort(port), await freePort(port)];
  expect(given.filter((each) => each === port)).toEqual([port]);
});

test('a port that something listens on is left alone', async () => {
  const port = await preferred();
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  expect(await freePort(port)).not.toBe(port);
  server.close();
});

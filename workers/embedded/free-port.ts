import { createServer, type AddressInfo } from 'node:net';

const claimOffset = 10_000;

/** The preferred port on loopback if nothing listens there and no other process has claimed it, else any free one. */
export async function freePort(preferred = 0): Promise<number> {
  const isOurs = preferred === 0 || (await claim(preferred));
  return (isOurs ? await tryPort(preferred) : null) ?? (await freePort());
}

/**
 * A claim is a listener 10,000 above the port, which ends with this process: of two runtimes that start at once, and both
 * find the port free, one gets it. Without that, the other's workers would find a server there, and not theirs.
 */
function claim(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().unref();
    server.once('error', () => resolve(false));
    server.listen(port + claimOffset, '127.0.0.1', () => resolve(true));
  });
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const { port: bound } = server.address() as AddressInfo;
      server.close(() => resolve(bound));
    });
  });
}

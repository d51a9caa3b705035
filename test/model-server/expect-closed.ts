import { once } from 'node:events';
import type { Socket } from 'node:net';

/** Passes once the socket is closed; fails where it is still open after 10 s, or was never opened. */
export async function expectClosed(socket: Socket | undefined): Promise<void> {
  if (socket === undefined) throw new Error('no socket was opened');
  if (!socket.closed) await once(socket, 'close', { signal: AbortSignal.timeout(10_000) });
  expect(socket.closed).toBe(true);
}

import { randomInt } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';

const loopback = '127.0.0.1';

/**
 * Below the range from which the kernel takes the ports of outgoing connections: while nobody listens on one of these, a
 * restart for example, no connection can come to hold it.
 */
const [lowest, highest] = [12_000, 32_000];

/** That many different TCP ports that nobody listens on now. */
export async function freePorts(count: number, host = loopback): Promise<number[]> {
  // Held together before any is given away, so that none comes twice.
  const servers = await Promise.all(Array.from({ length: count }, () => listen(host)));
  const ports = servers.map(portOf);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Whether somebody accepts connections there. */
export function isOpen(port: number, host = loopback): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const answer = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

async function listen(host: string): Promise<Server> {
  for (;;) {
    const server = await tryToListen(randomInt(lowest, highest), host);
    if (server !== undefined) return server;
  }
}

/** Undefined when somebody has the port. */
function tryToListen(port: number, host: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(port, host, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP port');
  return address.port;
}

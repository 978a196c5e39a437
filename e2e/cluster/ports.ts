import { connect, createServer, type Server } from 'node:net';

const loopback = '127.0.0.1';

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

function listen(host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP port');
  return address.port;
}

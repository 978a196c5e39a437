import { connect, createServer, type Socket } from 'node:net';
import { GrpcMessages } from './grpc-messages.ts';

/** A door before a gRPC server that can be shut, and that sees what the server's library hides: compression. */
export interface WireTap {
  /** Messages whose gRPC frame said that they are compressed, and those that are not. */
  readonly seen: { readonly compressed: number; readonly plain: number };
  /** Refuses connections and breaks those that exist. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

const host = '127.0.0.1';

/** Passes on what comes to `port`, to the server at `target`. */
export async function openWireTap(port: number, target: number): Promise<WireTap> {
  const seen = { compressed: 0, plain: 0 };
  const sockets = new Set<Socket>();
  const hold = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    const upstream = connect({ port: target, host });
    const messages = new GrpcMessages((compressed) => {
      seen[compressed ? 'compressed' : 'plain']++;
    });
    hold(client);
    hold(upstream);
    client.on('data', (chunk) => messages.read(chunk));
    client.pipe(upstream);
    upstream.pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  const open = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  const shut = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await open();
  server.unref();
  return { seen, shut, open };
}

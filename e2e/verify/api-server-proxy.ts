import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer, request as httpsRequest, type Server } from 'node:https';
import { connect, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { Transform } from 'node:stream';
import { z } from 'zod';
import { writeKubeconfig } from '../cluster/kubeconfig.ts';

const kubeconfigShape = z.object({
  clusters: z.tuple([z.object({ cluster: z.object({ server: z.string(), 'certificate-authority': z.string() }) })]),
  users: z.tuple([z.object({ user: z.object({ token: z.string() }) })]),
});

/** What becomes of a request: it is answered, it is never answered, or its answer breaks off. */
export type Treatment = 'pass' | 'silent' | 'cut';

/** A server of this machine before the real API server. */
export interface ServerProxy {
  /** A kubeconfig that leads through it. */
  readonly kubeconfig: string;
  /** Statuses of the answers of the real API server. */
  readonly answers: readonly number[];
  stop(): Promise<void>;
}

export interface ProxyProps {
  /** Of the real API server. */
  readonly kubeconfig: string;
  /** File to write the other kubeconfig to. */
  readonly path: string;
}

/** Passes connections on as they are, with their TLS, and holds back every piece of an answer. */
export async function slowProxy({ kubeconfig, path }: ProxyProps, milliseconds: number): Promise<ServerProxy> {
  const { url, ...credentials } = credentialsOf(kubeconfig);
  const sockets = new Set<Socket>();
  const server = createTcpServer((client) => {
    const upstream = connect(Number(url.port), url.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    client.pipe(upstream);
    upstream.pipe(delay(milliseconds)).pipe(client);
  });
  const port = await portOf(server);
  writeKubeconfig(path, { ...credentials, server: `https://127.0.0.1:${port}` });
  return {
    kubeconfig: path,
    answers: [],
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await closed(server);
    },
  };
}

/** Passes pieces on, each after a while. */
const delay = (milliseconds: number): Transform =>
  new Transform({
    transform: (data, _, done) => {
      setTimeout(() => done(null, data), milliseconds);
    },
  });

/**
 * Passes requests on one by one.
 *
 * @param treat what becomes of a request by its path and the number of those before it; may change the query
 */
export async function requestProxy(
  { kubeconfig, path }: ProxyProps,
  treat: (asked: URL, before: number) => Treatment | Promise<Treatment>,
): Promise<ServerProxy> {
  const credentials = credentialsOf(kubeconfig);
  const ca = readFileSync(credentials.certificateAuthority);
  // The server has signed its certificate itself, and the key lies beside it.
  const key = readFileSync(credentials.certificateAuthority.replace(/\.crt$/, '.key'));
  const answers: number[] = [];
  let before = 0;
  const server = createHttpsServer({ cert: ca, key }, async (request, response) => {
    const asked = new URL(request.url ?? '/', credentials.url);
    const treatment = await treat(asked, before++);
    if (treatment === 'silent') return;
    passOn(request, response, { asked, ca, isCut: treatment === 'cut', onAnswer: (status) => answers.push(status) });
  });
  const port = await portOf(server);
  writeKubeconfig(path, { ...credentials, server: `https://127.0.0.1:${port}` });
  return {
    kubeconfig: path,
    answers,
    stop: async () => {
      server.closeAllConnections();
      await closed(server);
    },
  };
}

interface PassedOn {
  readonly asked: URL;
  readonly ca: Buffer;
  readonly isCut: boolean;
  readonly onAnswer: (status: number) => void;
}

function passOn(request: IncomingMessage, response: ServerResponse, { asked, ca, isCut, onAnswer }: PassedOn): void {
  const { method, headers } = request;
  const upstream = httpsRequest(asked, { method, headers: { ...headers, host: asked.host }, ca }, async (answer) => {
    const body = Buffer.concat(await answer.toArray());
    const { statusCode = 500 } = answer;
    onAnswer(statusCode);
    response.writeHead(statusCode, answer.headers);
    if (!isCut) {
      response.end(body);
      return;
    }
    response.write(body.subarray(0, body.length / 2));
    setImmediate(() => response.destroy());
  });
  upstream.on('error', () => response.destroy());
  request.pipe(upstream);
}

function credentialsOf(kubeconfig: string) {
  const { clusters, users } = kubeconfigShape.parse(JSON.parse(readFileSync(kubeconfig, 'utf8')));
  const { server, 'certificate-authority': certificateAuthority } = clusters[0].cluster;
  return { url: new URL(server), certificateAuthority, token: users[0].user.token };
}

async function portOf(server: Server | TcpServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP port');
  return address.port;
}

const closed = (server: Server | TcpServer): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

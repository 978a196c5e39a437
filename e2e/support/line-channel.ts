import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Shape } from '../cluster/kubectl.ts';

/** JSON lines over a Unix socket, which reaches into every network namespace: one answer to each question. */
export interface LineChannel {
  ask<T>(question: object, shape: Shape<T>): Promise<T>;
  /** What the other end says without being asked, once, before it ends. */
  lastWords<T>(shape: Shape<T>): Promise<T>;
}

const message = z.union([
  z.strictObject({ answer: z.unknown() }),
  z.strictObject({ error: z.string() }),
  z.strictObject({ last: z.unknown() }),
]);

/** Waits at `path` for the one process that will connect. */
export async function listenForLines(path: string): Promise<{ readonly connected: Promise<LineChannel> }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  const connected = new Promise<LineChannel>((resolve) => {
    server.once('connection', (socket) => {
      server.close();
      resolve(channelOn(socket));
    });
  });
  server.unref();
  return { connected };
}

function channelOn(socket: Socket): LineChannel {
  const waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = [];
  let say: (words: unknown) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const last = new Promise<unknown>((resolve, reject) => {
    say = resolve;
    fail = reject;
  });
  // Nobody may ever ask for them.
  last.catch(() => {});
  createInterface({ input: socket }).on('line', (line) => {
    const said = message.parse(JSON.parse(line));
    if ('last' in said) say(said.last);
    else if ('error' in said) waiting.shift()?.reject(new Error(said.error));
    else waiting.shift()?.resolve(said.answer);
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    const ended = new Error('the process at the other end has ended');
    for (const { reject } of waiting.splice(0)) reject(ended);
    fail(ended);
  });
  return {
    async ask(question, shape) {
      const answer = await new Promise<unknown>((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('the process at the other end has ended'));
        waiting.push({ resolve, reject });
        socket.write(`${JSON.stringify(question)}\n`);
      });
      return shape.parse(answer);
    },
    lastWords: async (shape) => shape.parse(await last),
  };
}

import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { listAt, textAt } from '../../yaml/value.ts';
import { retryAfterSeconds } from '../network-error.ts';
import { KubeError, kubeConnectionError, kubeStatusError } from './kube-error.ts';

/** How to reach an API server, with the credentials that go with it. */
export interface KubeConnection {
  /** E.g. `https://10.0.0.1:6443`. */
  readonly server: string;
  /** Context of the kubeconfig, or `in-cluster`. */
  readonly context: string;
  /** Certificates, headers and agent of a request; an exec plug-in may have to run for them. */
  options(): Promise<RequestOptions>;
}

export interface KubeClientProps {
  readonly connection: KubeConnection;
  /** @default 15_000 */
  readonly timeoutMilliseconds?: number;
  /** @default 250 */
  readonly pageSize?: number;
  /** Ends every request. */
  readonly signal?: AbortSignal;
}

export type Query = Readonly<Record<string, string | number | undefined>>;

/** Answers that are longer are not read: no list of one page is. */
const maximumBytes = 64 * 1024 * 1024;

/** How often a list is begun anew that expired while it was read, and a request is repeated that the server put off. */
const maximumRestarts = 3;

/** The longest that one request waits because the server asks for it. */
const maximumPauseSeconds = 10;

/** How long an answer is waited for once the server has left a request without one, in milliseconds. */
const silentMilliseconds = 2_000;

/** Paths that another program answers, through the API server. */
const forwarded = /\/proxy(\/|$)|\/log$/;

/** Reads an API server, and writes nothing but questions about permissions and the Jobs of probes. */
export class KubeClient {
  readonly connection: KubeConnection;
  private readonly timeout: number;
  private readonly pageSize: number;
  private readonly signal: AbortSignal | undefined;
  /** A server that is gone costs the whole time limit once, not with every request. */
  private isSilent = false;

  constructor({ connection, timeoutMilliseconds = 15_000, pageSize = 250, signal }: KubeClientProps) {
    this.connection = connection;
    this.timeout = timeoutMilliseconds;
    this.pageSize = pageSize;
    this.signal = signal;
  }

  /**
   * One object.
   *
   * @throws KubeError when there is no such object, or the server does not answer
   */
  async get(path: string, what: string, query: Query = {}): Promise<unknown> {
    return json(await this.text(path, what, query), what);
  }

  /** What is not JSON: logs, and what a pod answers through the proxy. */
  async text(path: string, what: string, query: Query = {}): Promise<string> {
    return this.send('GET', path, what, query);
  }

  /** Asks for a review of permissions; nothing is stored. */
  async review(path: string, body: object): Promise<unknown> {
    return json(
      await this.send('POST', path, 'a review of permissions', {}, JSON.stringify(body)),
      'a review of permissions',
    );
  }

  /**
   * Creates an object.
   *
   * @throws KubeError when the server refuses it
   */
  async create(path: string, what: string, object: object): Promise<void> {
    await this.send('POST', path, what, {}, JSON.stringify(object));
  }

  /**
   * Deletes an object and, later, what belongs to it.
   *
   * @throws KubeError when there is no such object, or the server refuses it
   */
  async remove(path: string, what: string): Promise<void> {
    await this.send('DELETE', path, what, { propagationPolicy: 'Background' });
  }

  /** The same without the signal: for what has to be done after an interruption. */
  uninterrupted(): KubeClient {
    return new KubeClient({
      connection: this.connection,
      timeoutMilliseconds: this.timeout,
      pageSize: this.pageSize,
    });
  }

  /**
   * The objects of a list, page by page, so that no more than one page is in memory. A list that expires is read anew
   * from its beginning, and every object is handed out once more.
   *
   * @param restart is called before the objects are handed out again
   */
  async *list(path: string, what: string, restart: () => void = () => {}, query: Query = {}): AsyncGenerator<unknown> {
    for (let attempt = 0; ; attempt++) {
      try {
        yield* this.pages(path, what, query);
        return;
      } catch (error) {
        if (!(error instanceof KubeError) || error.kind !== 'expired' || attempt === maximumRestarts) {
          throw error;
        }
        restart();
      }
    }
  }

  private async *pages(path: string, what: string, query: Query): AsyncGenerator<unknown> {
    let next: string | undefined;
    do {
      const page = await this.get(path, what, { ...query, limit: this.pageSize, continue: next });
      yield* listAt(page, 'items');
      next = textAt(page, 'metadata', 'continue');
    } while (next !== undefined && next !== '');
  }

  private async send(method: string, path: string, what: string, query: Query, body?: string): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.sendOnce(method, path, what, query, body);
      } catch (error) {
        const pause = error instanceof KubeError ? error.retryAfter : undefined;
        if (pause === undefined || pause > maximumPauseSeconds || attempt === maximumRestarts) {
          throw error;
        }
        await sleep(pause * 1000, undefined, this.signal === undefined ? {} : { signal: this.signal });
      }
    }
  }

  private async sendOnce(method: string, path: string, what: string, query: Query, body?: string): Promise<string> {
    const { server } = this.connection;
    const url = new URL(server.replace(/\/+$/, '') + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        url.searchParams.set(name, String(value));
      }
    }
    const options = await this.connection.options();
    const limit = this.isSilent ? Math.min(silentMilliseconds, this.timeout) : this.timeout;
    const signals = [AbortSignal.timeout(limit), ...(this.signal === undefined ? [] : [this.signal])];
    try {
      const answer = await send(
        url,
        {
          ...options,
          method,
          signal: AbortSignal.any(signals),
          headers: {
            ...Object(options.headers),
            accept: 'application/json, */*',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
        },
        body,
      );
      this.isSilent = false;
      if (answer.status >= 200 && answer.status < 300) {
        return answer.text;
      }
      throw kubeStatusError({
        server,
        action: `${actions[method] ?? 'read'} ${what}`,
        what,
        status: answer.status,
        text: answer.text,
        retryAfter: retryAfterSeconds(answer.retryAfter),
      });
    } catch (error) {
      const failure = kubeConnectionError(server, error);
      this.isSilent ||= failure.kind === 'timeout' && !forwarded.test(path);
      throw failure;
    }
  }
}

const actions: Readonly<Record<string, string>> = { POST: 'create', DELETE: 'delete' };

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | undefined;
}

function send(url: URL, options: RequestOptions, body: string | undefined): Promise<Answer> {
  const request = url.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      readAll(response).then(
        (text) => resolve({ status: response.statusCode ?? 0, text, retryAfter: response.headers['retry-after'] }),
        reject,
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += part.length;
    if (bytes > maximumBytes) {
      throw new KubeError('server', `the API server answers with more than ${maximumBytes} bytes`);
    }
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function json(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new KubeError('not-kubernetes', `what answers for ${what} is no API server of Kubernetes: it sends no JSON`);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { retryAfterSeconds } from '../network-error.ts';
import { CoralogixError, coralogixConnectionError, coralogixStatusError } from './coralogix-error.ts';

export interface CoralogixClientProps {
  /** E.g. `https://api.eu2.coralogix.com`, without a slash at its end. */
  readonly url: string;
  readonly key: string;
  /** What helps to understand a refused key. */
  readonly hints?: readonly string[];
  /** @default 60_000 */
  readonly timeoutMilliseconds?: number;
  /** @default - 25 queries in 60 seconds */
  readonly budget?: QueryBudget;
  /** Ends every request. */
  readonly signal?: AbortSignal;
}

/** Answers that are longer are not read. */
const maximumBytes = 64 * 1024 * 1024;

/** The longest that one query waits because the server asks for it. */
const maximumPauseSeconds = 65;

/** Coralogix allows 30 direct queries a minute to a team, of which others need some. */
export class QueryBudget {
  private readonly times: number[] = [];

  constructor(
    private readonly most = 25,
    private readonly milliseconds = 60_000,
  ) {}

  /** Waits until one more query is within the budget. */
  async take(signal?: AbortSignal): Promise<void> {
    const oldest = this.times[this.times.length - this.most];
    const wait = oldest === undefined ? 0 : oldest + this.milliseconds - Date.now();
    if (wait > 0) {
      await sleep(wait, undefined, signal === undefined ? {} : { signal });
    }
    this.times.push(Date.now());
  }
}

/** Sends queries to Coralogix. The key is in one header, and in nothing that is printed. */
export class CoralogixClient {
  readonly host: string;
  private readonly budget: QueryBudget;

  constructor(private readonly props: CoralogixClientProps) {
    this.host = new URL(props.url).host;
    this.budget = props.budget ?? new QueryBudget();
  }

  /**
   * The body of an answer.
   *
   * @throws CoralogixError when there is none, or one with an error status
   */
  async post(path: string, body: object): Promise<string> {
    return this.send(path, { method: 'POST', body: JSON.stringify(body) });
  }

  /** The same for a question without a body. */
  async get(path: string, query: Readonly<Record<string, string>>): Promise<string> {
    const search = new URLSearchParams(query).toString();
    return this.send(search === '' ? path : `${path}?${search}`, { method: 'GET' });
  }

  private async send(path: string, request: { readonly method: string; readonly body?: string }): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      await this.budget.take(this.props.signal);
      try {
        return await this.sendOnce(path, request);
      } catch (error) {
        const pause = error instanceof CoralogixError ? error.retryAfter : undefined;
        if (pause === undefined || pause > maximumPauseSeconds || attempt === 1) {
          throw error;
        }
        await sleep(pause * 1000, undefined, this.props.signal === undefined ? {} : { signal: this.props.signal });
      }
    }
  }

  private async sendOnce(path: string, request: { readonly method: string; readonly body?: string }): Promise<string> {
    const { url, key, hints = [], timeoutMilliseconds = 60_000, signal } = this.props;
    const signals = [AbortSignal.timeout(timeoutMilliseconds), ...(signal === undefined ? [] : [signal])];
    try {
      const answer = await fetch(url + path, {
        ...request,
        // A redirect would lead the key to another host.
        redirect: 'manual',
        headers: {
          authorization: `Bearer ${key}`,
          accept: 'application/json',
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        signal: AbortSignal.any(signals),
      });
      const text = await readAll(this.host, answer);
      if (answer.ok) {
        return text;
      }
      const retryAfter = retryAfterSeconds(answer.headers.get('retry-after'));
      throw coralogixStatusError({ host: this.host, status: answer.status, text, retryAfter, hints });
    } catch (error) {
      throw coralogixConnectionError(this.host, error);
    }
  }
}

async function readAll(host: string, { body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body ?? []) {
    const part: Uint8Array = chunk;
    bytes += part.length;
    if (bytes > maximumBytes) {
      throw new CoralogixError('failed', `${host} answers with more than ${maximumBytes} bytes`);
    }
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

import { visibleLine } from '../../text/visible.ts';
import { errorCode } from '../network-error.ts';

/** Why a query brought no answer that proves anything. */
export type CoralogixErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'limited'
  | 'refused-query'
  | 'timeout'
  | 'cut'
  | 'unreachable'
  | 'failed'
  | 'not-coralogix';

/** A query to Coralogix that failed, in words for a person. */
export class CoralogixError extends Error {
  constructor(
    readonly kind: CoralogixErrorKind,
    message: string,
    /** What to do about it; undefined where nothing is known to help. */
    readonly remedy?: string,
    /** Seconds after which the server asks to be asked again. */
    readonly retryAfter?: number,
  ) {
    super(message);
    this.name = 'CoralogixError';
  }
}

/** A connection that failed or broke off. */
export function coralogixConnectionError(host: string, error: unknown): CoralogixError {
  if (error instanceof CoralogixError) {
    return error;
  }
  const code = errorCode(error);
  const reason = visibleLine(causeText(error));
  if (
    code === 'ABORT_ERR' ||
    code === 'ETIMEDOUT' ||
    code === 'UND_ERR_HEADERS_TIMEOUT' ||
    code === 'UND_ERR_BODY_TIMEOUT'
  ) {
    return new CoralogixError('timeout', `${host} does not answer in time`);
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new CoralogixError(
      'unreachable',
      `the name ${host} cannot be resolved`,
      'compare it with the domain of your team',
    );
  }
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET' || code === 'EPIPE') {
    return new CoralogixError('cut', `${host} closed the connection before its answer was complete`);
  }
  return new CoralogixError('unreachable', `${host} cannot be reached: ${reason}`);
}

const causeText = (error: unknown): string =>
  error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);

export interface CoralogixStatusErrorProps {
  readonly host: string;
  readonly status: number;
  /** The body of the answer. */
  readonly text: string;
  readonly retryAfter: number | undefined;
  /** What the key looks like, and where the collectors send to, for the answers that are about them. */
  readonly hints: readonly string[];
}

/** An answer with an error status. */
export function coralogixStatusError({
  host,
  status,
  text,
  retryAfter,
  hints,
}: CoralogixStatusErrorProps): CoralogixError {
  const detail = messageOf(text);
  const also = hints.length === 0 ? '' : `; ${hints.join('; ')}`;
  switch (status) {
    case 400:
    case 422:
      return new CoralogixError('refused-query', `${host} refuses the query: ${detail}`);
    case 401:
      return new CoralogixError(
        'unauthorized',
        `${host} does not accept the key (401): it is invalid, expired, or of another region${also}`,
        'set CORALOGIX_API_KEY to a personal or team key of this region with the preset DataQuerying',
      );
    case 403:
      return new CoralogixError(
        'forbidden',
        `the key has no permission for this query (403): ${detail}${also}`,
        'add the preset DataQuerying to the key',
      );
    case 404:
      return new CoralogixError(
        'not-coralogix',
        `${host} has no such interface (404): it is no API host of Coralogix${also}`,
        'name the API host by --api-host',
      );
    case 429:
      return new CoralogixError(
        'limited',
        `${host} allows no more queries now (429)${retryAfter === undefined ? '' : `, again in ${retryAfter} s`}`,
        'wait a minute, and run it again',
        retryAfter,
      );
    default:
      return new CoralogixError(
        'failed',
        `${host} answers ${status}: ${detail}`,
        undefined,
        status === 503 ? retryAfter : undefined,
      );
  }
}

/** The message in the body of an error, where clients look for it. */
export function messageOf(text: string): string {
  try {
    const body: { readonly message?: unknown; readonly error?: unknown; readonly detail?: unknown } = Object(
      JSON.parse(text),
    );
    const nested: { readonly message?: unknown } = Object(body.error);
    const found = [body.message, body.error, nested.message, body.detail].find(
      (each) => typeof each === 'string' && each !== '',
    );
    if (typeof found === 'string') {
      return visibleLine(found.slice(0, 300));
    }
  } catch {
    // It is no JSON, so that its text is shown.
  }
  return visibleLine(text.trim().slice(0, 200)) || 'without a message';
}

import { visibleLine } from '../../text/visible.ts';
import { errorCode } from '../network-error.ts';
import type { Reading } from '../reading.ts';

/** Why a request to the API server brought no answer. */
export type KubeErrorKind =
  | 'unreachable'
  | 'timeout'
  | 'cut'
  | 'certificate'
  | 'credentials'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'expired'
  | 'busy'
  | 'server'
  | 'not-kubernetes';

/** A request to the API server that failed, in words for a person. */
export class KubeError extends Error {
  constructor(
    readonly kind: KubeErrorKind,
    message: string,
    /** Seconds after which the server asks to be asked again. */
    readonly retryAfter?: number,
  ) {
    super(message);
    this.name = 'KubeError';
  }
}

const certificateCodes =
  /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** What a failed connection means. */
export function kubeConnectionError(server: string, error: unknown): KubeError {
  if (error instanceof KubeError) {
    return error;
  }
  const code = errorCode(error);
  const reason = error instanceof Error ? visibleLine(error.message) : String(error);
  if (code === 'ABORT_ERR' || code === 'ETIMEDOUT') {
    return new KubeError('timeout', `the API server ${server} does not answer in time`);
  }
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new KubeError('cut', `the API server ${server} closed the connection before its answer was complete`);
  }
  if (code !== undefined && certificateCodes.test(code)) {
    return new KubeError('certificate', `the certificate of the API server ${server} is not accepted: ${reason}`);
  }
  return new KubeError('unreachable', `the API server ${server} cannot be reached: ${reason}`);
}

export interface KubeStatusErrorProps {
  readonly server: string;
  /** What was asked for, e.g. `read pods of namespace shop`. */
  readonly action: string;
  readonly what: string;
  readonly status: number;
  /** The body of the answer. */
  readonly text: string;
  readonly retryAfter: number | undefined;
}

/** What an answer with an error status means. */
export function kubeStatusError({ server, action, what, status, text, retryAfter }: KubeStatusErrorProps): KubeError {
  const detail = statusMessage(text);
  switch (status) {
    case 401:
      return new KubeError(
        'unauthorized',
        `the API server ${server} does not accept the credentials of the kubeconfig`,
      );
    case 403:
      return new KubeError('forbidden', `no permission to ${action}: ${detail}`);
    case 404:
      return new KubeError('not-found', `${what} does not exist`);
    case 410:
      return new KubeError('expired', `the list of ${what} expired while it was read`);
    case 429:
      return new KubeError('busy', `the API server ${server} has too many requests`, retryAfter);
    case 503:
      return new KubeError('server', `the API server answers ${status} for ${what}: ${detail}`, retryAfter);
    default:
      return new KubeError('server', `the API server answers ${status} for ${what}: ${detail}`);
  }
}

/** The message of a `Status` object, or the beginning of what stands there instead. */
function statusMessage(text: string): string {
  try {
    const { message }: { readonly message?: unknown } = Object(JSON.parse(text));
    if (typeof message === 'string' && message !== '') {
      return visibleLine(message.slice(0, 400));
    }
  } catch {
    // It is no JSON, so that its text is shown.
  }
  return visibleLine(text.trim().slice(0, 200)) || 'no message';
}

export type Unread = Extract<Reading<never>, { unread: string }>;

/** Why something was not read, and what makes it readable. */
export const unreadBy = (error: KubeError): Unread => ({
  unread: error.message,
  ...(error.kind === 'forbidden' ? { remedy: 'grant the permissions that podhost verify --print-role prints' } : {}),
});

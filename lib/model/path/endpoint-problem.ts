import { otlpPort } from '../../chart/names.ts';
import { mappingAt } from '../../yaml/value.ts';
import type { Model } from '../model.ts';
import { listenerAt } from '../spans/listener-at.ts';
import { transportAt, transportOf } from '../spans/otlp-protocol.ts';
import type { SpanExport } from '../spans/span-export.ts';
import { wrongCollector } from '../spans/wrong-collector.ts';

const tracesPath = '/v1/traces';

/** Whether an endpoint leads where it may stay, so that its protocol and its shape are judged. */
export const staysAsItIs = ({ answer, endpoint }: SpanExport): boolean =>
  ['collector', 'unknown', 'no-pods'].includes(answer.kind) && endpoint.host.kind !== 'unresolved';

/** What is wrong with the text of an endpoint. */
export interface EndpointProblem {
  readonly kind: 'scheme' | 'tls' | 'port' | 'path';
  readonly reason: string;
  /** The text as it should be. */
  readonly mend: (written: string) => string;
}

/** Judges scheme, port and path of an endpoint. */
export function endpointProblem(model: Model, span: SpanExport): EndpointProblem | undefined {
  const problem = problemOf(span);
  const isReplaced = problem?.kind === 'scheme' || problem?.kind === 'path';
  // Where it leads to the wrong collector, another endpoint has to be written anyway.
  return isReplaced && wrongCollector(model, span) !== undefined ? undefined : problem;
}

function problemOf(span: SpanExport): EndpointProblem | undefined {
  const { endpoint, variable, settings, answer } = span;
  const isForTraces = variable.name === 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
  const path = endpoint.text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/^[^/]*/, '');
  const isHttp = (transportOf(settings.protocol) ?? transportAt(span)) === 'http';
  if (endpoint.scheme !== 'http' && endpoint.scheme !== 'https') {
    return {
      kind: 'scheme',
      reason: endpoint.scheme === undefined ? 'it has no scheme' : `SDKs know no scheme ${endpoint.scheme}`,
      mend: (written) => `http://${written.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')}`,
    };
  }
  if (endpoint.scheme === 'https' && answer.kind === 'collector' && !takesTls(span)) {
    return {
      kind: 'tls',
      reason: `${answer.collector.title} has no certificate at that port`,
      mend: (written) => written.replace(/^https/i, 'http'),
    };
  }
  if (endpoint.port === undefined && answer.kind === 'collector') {
    const port = otlpPort[isHttp ? 'http' : 'grpc'];
    return {
      kind: 'port',
      reason: 'it names no port',
      mend: (written) => written.replace(/^(https?:\/\/[^/]+)/i, `$1:${port}`),
    };
  }
  if (isForTraces && isHttp && /^\/?$/.test(path)) {
    return {
      kind: 'path',
      reason: `over HTTP nothing is appended to it, and the collector takes traces at ${tracesPath}`,
      mend: (written) => written.replace(/\/?$/, tracesPath),
    };
  }
  if (!isForTraces && isHttp && path.replace(/\/$/, '') === tracesPath) {
    return {
      kind: 'path',
      reason: `SDKs append ${tracesPath} to it`,
      mend: (written) => written.replace(/\/v1\/traces\/?$/, ''),
    };
  }
  return undefined;
}

function takesTls({ answer, endpoint }: SpanExport): boolean {
  const listener = answer.kind === 'collector' ? listenerAt(answer, endpoint.port) : undefined;
  return (
    answer.kind !== 'collector' ||
    listener === undefined ||
    Object.keys(
      mappingAt(answer.collector.config, 'receivers', listener.receiver, 'protocols', listener.protocol, 'tls'),
    ).length > 0
  );
}

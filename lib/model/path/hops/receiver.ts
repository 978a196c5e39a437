import { pipelinesOfSpans } from '../../../pipeline/spans.ts';
import { mappingAt } from '../../../yaml/value.ts';
import { isLoopback } from '../../network/host.ts';
import { missingTarget, servicePort, targetPort } from '../../spans/listener-at.ts';
import { transportAt, transportOf } from '../../spans/otlp-protocol.ts';
import { sdkDefaultOf } from '../../spans/sdk-default.ts';
import { staysAsItIs } from '../endpoint-problem.ts';
import type { Cause, Hop, Verdict } from '../hop.ts';
import type { SpanPath } from '../span-path.ts';
import { configuredBy } from '../variable-source.ts';

/** Whether the collector takes what is sent. */
export function receiverHop(spanPath: SpanPath): Hop | undefined {
  const { collector, listener, answer, settings } = spanPath;
  const { port } = settings.endpoint ?? {};
  // A port that the Service does not have is reported by the hop `address`.
  const isCutOff =
    answer?.kind === 'collector' &&
    port !== undefined &&
    (servicePort(answer, port) === undefined || missingTarget(answer, port) !== undefined);
  if (collector === undefined) {
    const mismatch = mismatchedPort(spanPath);
    return mismatch && { name: 'receiver', ...mismatch };
  }
  return isCutOff
    ? undefined
    : { name: 'receiver', ...(listener === undefined ? withoutListener(spanPath) : atListener(spanPath)) };
}

/** Where what answers is not known, the port stands for what it takes. */
function mismatchedPort(spanPath: SpanPath): Verdict | undefined {
  const { settings, answer, instrumentation } = spanPath;
  const { endpoint, endpointVariable, protocolVariable } = settings;
  if (endpoint === undefined || endpointVariable === undefined || answer === undefined || answer.kind === 'collector') {
    return undefined;
  }
  const span = { ...spanPath, endpoint, variable: endpointVariable, answer };
  const wanted = staysAsItIs(span) ? transportAt(span) : undefined;
  const isSilent = instrumentation.kind === 'evident' && protocolVariable === undefined;
  const sent = transportOf(settings.protocol) ?? (isSilent ? sdkDefaultOf(spanPath)?.transport : undefined);
  if (wanted === undefined || sent === undefined || sent === wanted) {
    return undefined;
  }
  return {
    status: 'broken',
    cause: 'protocol',
    message: `port ${endpoint.port} takes ${names[wanted]}, and the SDK sends ${names[sent]}`,
    reasons:
      protocolVariable === undefined
        ? [{ message: 'OTEL_EXPORTER_OTLP_PROTOCOL is not set' }]
        : [configuredBy(spanPath, protocolVariable, settings.protocol)],
  };
}

function withoutListener({ collector, settings, answer }: SpanPath): Verdict {
  const ports = (collector?.listeners ?? []).map(({ port, protocol }) => `${port} (${names[protocol]})`);
  const { port: named } = settings.endpoint ?? {};
  const port = answer?.kind === 'collector' && named !== undefined ? (targetPort(answer, named) ?? named) : named;
  return {
    status: 'broken',
    cause: 'no-listener',
    message: `${collector?.title} takes no OTLP on ${port === undefined ? 'a port that is not named' : `port ${port}`}`,
    reasons: [
      {
        message: `it listens on ${ports.join(', ') || 'no port'}`,
        place: () => collector?.place(['receivers', 'otlp']),
      },
    ],
    place: () => collector?.place(['receivers', 'otlp']),
  };
}

const names = { grpc: 'gRPC', http: 'HTTP' } as const;

function atListener(spanPath: SpanPath): Verdict {
  const { collector, listener, settings, instrumentation } = spanPath;
  if (collector === undefined || listener === undefined) {
    return withoutListener(spanPath);
  }
  const { receiver, protocol, port, host } = listener;
  const path = ['receivers', receiver, 'protocols', protocol];
  const place = () => collector.place(path);
  const listens = { message: `receiver ${receiver} listens on ${host}:${port}`, place };
  const broken = (cause: Cause, message: string, ...reasons: readonly string[]): Verdict => ({
    status: 'broken',
    cause,
    message,
    reasons: [...reasons.map((reason) => ({ message: reason })), listens],
    place,
  });
  if (isLoopback(host) && settings.endpoint?.host.kind !== 'loopback') {
    return broken('local-listener', `no pod reaches ${host}:${port}`, 'a receiver without endpoint binds localhost');
  }
  if (settings.endpoint?.scheme === 'https' && Object.keys(mappingAt(collector.config, ...path, 'tls')).length === 0) {
    return broken('tls', 'the SDK speaks TLS, and the receiver has no certificate');
  }
  const sent = transportOf(settings.protocol);
  const variable = settings.protocolVariable;
  if (variable !== undefined && sent !== undefined && sent !== protocol) {
    const verdict = broken(
      'protocol',
      `port ${port} takes ${names[protocol]}, and the SDK speaks ${settings.protocol}`,
    );
    return { ...verdict, reasons: [configuredBy(spanPath, variable, settings.protocol), listens] };
  }
  if (pipelinesOfSpans(collector.pipelines, { receiver }).length === 0) {
    return broken('unused-receiver', `receiver ${receiver} is in no pipeline of traces`);
  }
  const language = variable === undefined && instrumentation.kind === 'evident' ? sdkDefaultOf(spanPath) : undefined;
  if (language !== undefined && language.transport !== protocol) {
    return broken(
      'protocol',
      `port ${port} takes ${names[protocol]}, and the ${language.name} sends ${names[language.transport]} by default`,
      'OTEL_EXPORTER_OTLP_PROTOCOL is not set',
    );
  }
  if (sent === undefined && language === undefined && protocol === 'grpc') {
    const reasons = [
      { message: 'OTEL_EXPORTER_OTLP_PROTOCOL is not set, and its default differs between SDKs' },
      listens,
    ];
    return {
      status: 'unknown',
      message: `port ${port} takes gRPC, and the protocol of the SDK is not known`,
      reasons,
      place,
    };
  }
  return {
    status: 'ok',
    message: `${collector.title} takes OTLP by ${names[protocol]} on port ${port}`,
    reasons: [listens],
    place,
  };
}

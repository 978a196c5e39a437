import { otlpPort } from '../../chart/names.ts';
import { listenerAt } from '../../model/spans/listener-at.ts';
import { transportAt, transportOf } from '../../model/spans/otlp-protocol.ts';
import { type SpanExport, spanExports } from '../../model/spans/span-export.ts';
import { quoted } from '../../text/quoted.ts';
import { mappingAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';
import { staysAsItIs } from './support/endpoints.ts';
import { byValue, usersOf, writtenText } from './support/value-source.ts';

const tracesPath = '/v1/traces';

export const validOtlpEndpoint: Rule = {
  id: 'valid-otlp-endpoint',
  severity: 'error',
  documentation: {
    summary:
      'Reports an endpoint without scheme, with the scheme of the other kind of connection, or with the wrong path.',
    why: 'SDKs read `collector:4317` differently: some refuse to start their exporter, some take it for TLS. `https` to a receiver without a certificate never connects. Over HTTP the general variable gets `/v1/traces` appended and the one for traces does not, so a path too much or too little is answered with 404.',
    remediation: 'Write scheme, host and port; a path only over HTTP and only in `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`.',
    example: `env:
  - name: OTEL_EXPORTER_OTLP_ENDPOINT
    value: http://coralogix-opentelemetry.coralogix:4317`,
    see: ['https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp'],
  },
  check(model) {
    const uses = spanExports(model).flatMap((span) => {
      const problem = staysAsItIs(model, span) ? problemOf(span) : undefined;
      return problem === undefined ? [] : [{ ...span, problem }];
    });
    return byValue(model, uses).map(({ source, uses }) => {
      const [{ variable, problem }] = uses;
      const written = writtenText(variable);
      return {
        message: `${variable.name} of ${usersOf(uses)} is ${quoted(written, variable.name)}: ${problem.reason}`,
        place: source.place(),
        suggestion: `write: ${problem.mend(written)}`,
        manifest: source.manifest,
      };
    });
  },
};

interface EndpointProblem {
  readonly reason: string;
  readonly mend: (written: string) => string;
}

function problemOf(span: SpanExport): EndpointProblem | undefined {
  const { endpoint, variable, settings, answer } = span;
  const isForTraces = variable.name === 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
  const path = endpoint.text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/^[^/]*/, '');
  const isHttp = (transportOf(settings.protocol) ?? transportAt(span)) === 'http';
  if (endpoint.scheme !== 'http' && endpoint.scheme !== 'https') {
    return {
      reason: endpoint.scheme === undefined ? 'it has no scheme' : `SDKs know no scheme ${endpoint.scheme}`,
      mend: (written) => `http://${written.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')}`,
    };
  }
  if (endpoint.scheme === 'https' && answer.kind === 'collector' && !takesTls(span)) {
    return {
      reason: `${answer.collector.title} has no certificate at that port`,
      mend: (written) => written.replace(/^https/i, 'http'),
    };
  }
  if (endpoint.port === undefined && answer.kind === 'collector') {
    const port = otlpPort[isHttp ? 'http' : 'grpc'];
    return { reason: 'it names no port', mend: (written) => written.replace(/^(https?:\/\/[^/]+)/i, `$1:${port}`) };
  }
  if (isForTraces && isHttp && /^\/?$/.test(path)) {
    return {
      reason: `over HTTP nothing is appended to it, and the collector takes traces at ${tracesPath}`,
      mend: (written) => written.replace(/\/?$/, tracesPath),
    };
  }
  if (!isForTraces && isHttp && path.replace(/\/$/, '') === tracesPath) {
    return { reason: `SDKs append ${tracesPath} to it`, mend: (written) => written.replace(/\/v1\/traces\/?$/, '') };
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

import { otlpPort } from '../../chart/names.ts';
import { protocolOfPort, protocolVariable, withPortFor } from '../../instrument/endpoint.ts';
import type { Variable } from '../../model/environment/variable.ts';
import type { Model } from '../../model/model.ts';
import { staysAsItIs } from '../../model/path/endpoint-problem.ts';
import { instrumentedContainers, sendsSpans } from '../../model/spans/instrumentation.ts';
import { listenerAt } from '../../model/spans/listener-at.ts';
import {
  isProtocol,
  type OtlpTransport,
  transportAt,
  transportOf,
  transports,
} from '../../model/spans/otlp-protocol.ts';
import { sdkDefaultOf } from '../../model/spans/sdk-default.ts';
import { type SpanExport, spanExports } from '../../model/spans/span-export.ts';
import { wrongCollector } from '../../model/spans/wrong-collector.ts';
import { oneOf } from '../../text/list.ts';
import { quoted } from '../../text/quoted.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { environmentFix, valueFix } from './support/environment-fix.ts';
import { byValue, usersOf, valueSource, writtenText } from './support/value-source.ts';

export const validOtlpProtocol: Rule = {
  id: 'valid-otlp-protocol',
  severity: 'error',
  documentation: {
    summary:
      'Reports a protocol that the port of the endpoint does not take, also the default of an SDK or agent that the manifest shows, and one that no SDK knows.',
    why: 'Port 4317 of a collector takes gRPC and 4318 takes HTTP. A request of the other kind is answered by a broken connection, which SDKs log at most once and then drop their spans. Without the variable each SDK has a default of its own: `grpc` in some languages, `http/protobuf` in others.',
    remediation: 'Set `OTEL_EXPORTER_OTLP_PROTOCOL` to what the port takes, for every language alike.',
    example: `env:
  - name: OTEL_EXPORTER_OTLP_ENDPOINT
    value: http://coralogix-opentelemetry.coralogix:4317
  - name: OTEL_EXPORTER_OTLP_PROTOCOL
    value: grpc`,
    see: ['https://opentelemetry.io/docs/specs/otel/protocol/exporter/#specify-protocol'],
  },
  check: (model) => [...unknownProtocols(model), ...wrongPorts(model), ...wrongDefaults(model), ...leftToTheSdk(model)],
};

function unknownProtocols(model: Model): RuleFinding[] {
  const uses = instrumentedContainers(model).flatMap((found) => {
    const { protocolVariable: variable, protocol = '' } = found.settings;
    return variable === undefined || isProtocol(protocol) ? [] : [{ ...found, variable, protocol }];
  });
  return byValue(model, uses).map(({ source, uses }) => {
    const [use] = uses;
    const { variable, protocol, settings } = use;
    const known = protocolOfPort(settings.endpoint?.text ?? '');
    return {
      message: `${variable.name} of ${usersOf(uses)} is ${quoted(protocol)}, which no SDK knows`,
      place: source.place(),
      suggestion: `write: ${known ?? oneOf(Object.keys(transports))}`,
      manifest: source.manifest,
      ...(known === undefined ? {} : valueFix(model, use, known)),
    };
  });
}

function wrongPorts(model: Model): RuleFinding[] {
  const uses = spanExports(model).flatMap((span) => {
    const { protocolVariable: variable, protocol } = span.settings;
    const wanted = transportAt(span);
    const sent = transportOf(protocol);
    const isWrong = sent !== undefined && wanted !== undefined && sent !== wanted && staysAsItIs(span);
    return variable === undefined || !isWrong
      ? []
      : [{ ...span, endpointVariable: span.variable, variable, wanted, sent }];
  });
  return byValue(model, uses).map(({ source, uses }) => {
    const [use] = uses;
    const { variable, endpointVariable, settings, endpoint, wanted, sent } = use;
    return {
      message: `${variable.name} of ${usersOf(uses)} is ${settings.protocol}, and port ${endpoint.port} of ${endpointVariable.name} takes ${names[wanted]}`,
      place: source.place(),
      suggestion: `write: ${protocolFor(wanted)}, or send to port ${otlpPort[sent]}`,
      manifest: source.manifest,
      ...portFix(model, use),
    };
  });
}

/** No protocol is set, and the default of what evidently sends the spans is not what the port takes. */
function wrongDefaults(model: Model): RuleFinding[] {
  const uses = spanExports(model).flatMap((span) => {
    const wanted = transportAt(span);
    const isSilent = sendsSpans(span) && span.settings.protocolVariable === undefined;
    const language = isSilent ? sdkDefaultOf(span) : undefined;
    const isWrong = language !== undefined && wanted !== undefined && language.transport !== wanted;
    return isWrong && staysAsItIs(span) ? [{ ...span, wanted, language }] : [];
  });
  return byValue(model, uses).map(({ source, uses }) => {
    const [use] = uses;
    const { variable, endpoint, wanted, language } = use;
    const sends = protocolFor(language.transport);
    const mending = { kind: 'value', name: protocolVariable, value: protocolFor(wanted) } as const;
    return {
      message: `the ${language.name} of ${usersOf(uses)} sends ${sends} by default, and port ${endpoint.port} of ${variable.name} takes ${names[wanted]}`,
      place: source.place(),
      suggestion: `add: ${protocolVariable}=${protocolFor(wanted)}`,
      manifest: source.manifest,
      ...(variable.origin.kind === 'literal' ? { fix: environmentFix(model, use, [mending]).fix } : {}),
    };
  });
}

const names = { grpc: 'gRPC', http: 'HTTP' } as const;

const protocolFor = (transport: OtlpTransport) => (transport === 'grpc' ? 'grpc' : 'http/protobuf');

interface WrongPort extends SpanExport {
  readonly endpointVariable: Variable;
  readonly wanted: OtlpTransport;
  readonly sent: OtlpTransport;
}

/** The protocol that is declared stays, as for `podhost instrument`, where the collector takes it at its usual port. */
function portFix(model: Model, use: WrongPort): Pick<RuleFinding, 'fix'> {
  const { endpointVariable, answer, wanted, sent } = use;
  const isTaken = answer.kind !== 'collector' || listenerAt(answer, otlpPort[sent])?.protocol === sent;
  const text = writtenText(endpointVariable);
  const value = withPortFor(text, protocolFor(sent));
  return isTaken && value !== text && endpointVariable.origin.kind === 'literal'
    ? valueFix(model, { ...use, variable: endpointVariable }, value)
    : valueFix(model, use, protocolFor(wanted));
}

/** Only of gRPC: HTTP is the default that the specification names. Reported once, for all. */
function leftToTheSdk(model: Model): RuleFinding[] {
  const silent = spanExports(model).filter(
    (span) =>
      span.settings.protocolVariable === undefined &&
      sendsSpans(span) &&
      sdkDefaultOf(span) === undefined &&
      wrongCollector(model, span) === undefined &&
      transportAt(span) === 'grpc' &&
      staysAsItIs(span),
  );
  const [first] = silent;
  if (first === undefined) {
    return [];
  }
  const source = valueSource(model, first.workload, first.variable);
  return [
    {
      message: `port ${first.endpoint.port} takes gRPC, and the protocol of ${usersOf(silent)} is not known: OTEL_EXPORTER_OTLP_PROTOCOL is not set`,
      place: source.place(),
      suggestion: 'add: OTEL_EXPORTER_OTLP_PROTOCOL=grpc',
      manifest: source.manifest,
      cannotTell: true,
    },
  ];
}

import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import { joinNames } from '../../text/list.ts';
import { listAt, textAt, valueAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';
import { componentsOf, type PartProblem, problemsOfCollectors } from './support/collector-part.ts';
import { collectorRuntime, isOlderThan } from './support/collector-runtime.ts';

export const validCoralogixExporter: Rule = {
  id: 'valid-coralogix-exporter',
  severity: 'error',
  documentation: {
    summary: 'Reports an exporter `coralogix` with which the collector does not start, or sends nowhere.',
    why: 'The exporter makes its address of `domain`; a key `endpoint` at its top is none of its settings for that. It needs `private_key` and `application_name`, and `protocol: http` only since 0.144. With any of these wrong the collector refuses its configuration, and no view has anything from it.',
    remediation: 'Write `domain`, `private_key`, `application_name` and `subsystem_name`, and leave `endpoint` out.',
    example: `exporters:
  coralogix:
    domain: eu2.coralogix.com
    private_key: \${env:CORALOGIX_PRIVATE_KEY}
    application_name: shop
    subsystem_name: shop`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/coralogixexporter'],
  },
  check: (model) => problemsOfCollectors(model, (collector) => problemsOf(model, collector)),
};

const problemsOf = (model: Model, collector: Collector): PartProblem[] =>
  componentsOf(collector, 'exporters', 'coralogix').flatMap(({ id, settings }) => {
    const path = ['exporters', id];
    const named = `${id} of ${collector.title}`;
    return [
      ...withEndpoint(path, named, settings),
      ...(isOfChart(collector, id) ? [] : withoutNames(path, named, settings)),
      ...withProtocol(path, named, settings, model, collector),
    ];
  });

const signals = ['traces', 'metrics', 'logs', 'profiles'];

function withEndpoint(path: readonly string[], named: string, settings: unknown): PartProblem[] {
  const endpoint = textAt(settings, 'endpoint');
  const hasDomain = (textAt(settings, 'domain') ?? '') !== '';
  if (endpoint !== undefined) {
    const domain = /(?:ingress\.)?((?:[\w-]+\.)*(?:coralogix\.\w+|coralogixsg\.com)(?:\.\w+)?)/.exec(endpoint)?.[1];
    return [
      {
        path: [...path, 'endpoint'],
        message: `${named} has an endpoint${hasDomain ? ' beside its domain' : ' and no domain'}, which is no setting of this exporter: the collector does not start`,
        suggestion: hasDomain
          ? 'remove endpoint'
          : `write instead of endpoint: domain: ${domain ?? 'eu2.coralogix.com'}`,
      },
    ];
  }
  return [];
}

/** Whether the chart gives an exporter what it needs, or another way of helm does; null takes all of it away. */
const isOfChart = ({ rendered }: Collector, id: string): boolean =>
  rendered !== undefined && valueAt(rendered.values.written, 'config', 'exporters', id) !== null;

/** What the exporter refuses to start without. */
function withoutNames(path: readonly string[], named: string, settings: unknown): PartProblem[] {
  const isEmpty = (...key: readonly string[]) => (textAt(settings, ...key) ?? '') === '';
  const hasAddress =
    ['domain', 'endpoint'].some((key) => !isEmpty(key)) || signals.some((key) => !isEmpty(key, 'endpoint'));
  const missing = [
    ...(hasAddress ? [] : ['domain']),
    ...['private_key', 'application_name'].filter((key) => isEmpty(key)),
  ];
  const [first] = missing;
  if (first !== undefined) {
    return [
      {
        path: valueAt(settings, first) === undefined ? path : [...path, first],
        message: `${named} lacks ${joinNames(missing)}, and the collector does not start without`,
        suggestion: `write: ${missing.map((key) => `${key}: ${examples[key]}`).join(', ')}`,
      },
    ];
  }
  return isEmpty('subsystem_name') && listAt(settings, 'subsystem_name_attributes').length === 0
    ? [
        {
          path,
          message: `${named} has neither subsystem_name nor subsystem_name_attributes: all data has an empty subsystem`,
          suggestion: 'write: subsystem_name_attributes: [k8s.deployment.name, service.name]',
        },
      ]
    : [];
}

const examples: Readonly<Record<string, string>> = {
  domain: 'eu2.coralogix.com',
  private_key: '${env:CORALOGIX_PRIVATE_KEY}',
  application_name: 'shop',
};

function withProtocol(
  path: readonly string[],
  named: string,
  settings: unknown,
  model: Model,
  collector: Collector,
): PartProblem[] {
  const protocol = textAt(settings, 'protocol');
  const at = [...path, 'protocol'];
  if (protocol === undefined || ['grpc', ''].includes(protocol)) {
    return [];
  }
  if (protocol !== 'http') {
    return [
      {
        path: at,
        message: `${named} has protocol: ${protocol}, which is neither grpc nor http: the collector does not start`,
        suggestion: 'write: protocol: grpc',
      },
    ];
  }
  const runtime = collectorRuntime(model, collector);
  return runtime !== undefined && isOlderThan(runtime, 144)
    ? [
        {
          path: at,
          message: `${named} has protocol: http, which this exporter has since 0.144, and the collector is ${runtime.version?.join('.')}: it does not start`,
          suggestion: 'remove protocol, or use an image of 0.144 or later',
        },
      ]
    : [];
}

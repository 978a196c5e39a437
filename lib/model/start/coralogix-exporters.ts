import { joinNames } from '../../text/list.ts';
import { textAt, valueAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import { componentsOf, type PartProblem } from '../collector/part.ts';
import { collectorRuntime, isOlderThan } from '../collector/runtime.ts';
import type { Model } from '../model.ts';

/** Settings of the exporter `coralogix` that it refuses. */
export const wrongExporters = (model: Model, collector: Collector): PartProblem[] =>
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
export const isOfChart = ({ rendered }: Collector, id: string): boolean =>
  rendered !== undefined && valueAt(rendered.values.written, 'config', 'exporters', id) !== null;

/** What the exporter refuses to start without. */
export function missingSettings(settings: unknown): string[] {
  const isEmpty = (...key: readonly string[]) => (textAt(settings, ...key) ?? '') === '';
  const hasAddress =
    ['domain', 'endpoint'].some((key) => !isEmpty(key)) || signals.some((key) => !isEmpty(key, 'endpoint'));
  return [...(hasAddress ? [] : ['domain']), ...['private_key', 'application_name'].filter((key) => isEmpty(key))];
}

function withoutNames(path: readonly string[], named: string, settings: unknown): PartProblem[] {
  const missing = missingSettings(settings);
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
  return [];
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

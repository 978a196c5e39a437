import { readDomain } from '../../coralogix/domain.ts';
import type { Collector } from '../../model/collector/collector.ts';
import { componentsOf, type PartProblem, problemsOfCollectors } from '../../model/collector/part.ts';
import { componentType } from '../../pipeline/component.ts';
import type { Pipeline } from '../../pipeline/pipelines.ts';
import { joinNames } from '../../text/list.ts';
import { listAt, mappingAt, textAt, valueAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

export const validOtlpIngress: Rule = {
  id: 'valid-otlp-ingress',
  severity: 'error',
  documentation: {
    summary: 'Reports a plain OTLP exporter to Coralogix that lacks what the exporter `coralogix` adds by itself.',
    why: 'Data are taken at `ingress.DOMAIN:443`, with the key in the header `Authorization`; the host of the pages in a browser takes none. Application and subsystem come from `cx.application.name` and `cx.subsystem.name` of the resource, or from headers of such names: without them everything is in one application without a name, and filters by application find nothing.',
    remediation: 'Use the exporter `coralogix`, or write the host of the ingress, the header and both attributes.',
    example: `exporters:
  otlp/coralogix:
    endpoint: ingress.eu2.coralogix.com:443
    headers:
      Authorization: Bearer \${env:CORALOGIX_PRIVATE_KEY}
processors:
  resource/coralogix:
    attributes:
      - { key: cx.application.name, from_attribute: k8s.namespace.name, action: upsert }
      - { key: cx.subsystem.name, from_attribute: k8s.deployment.name, action: upsert }`,
    see: ['https://coralogix.com/docs/opentelemetry/getting-started/'],
  },
  check: (model) => problemsOfCollectors(model, problemsOf),
};

const problemsOf = (collector: Collector): PartProblem[] => {
  const users = (id: string) => collector.pipelines.all.filter(({ exporters }) => exporters.includes(id));
  return componentsOf(collector, 'exporters', 'otlp', 'otlphttp').flatMap(({ id, settings }) => {
    const host = hostOf(textAt(settings, 'endpoint') ?? '');
    const isCoralogix = /(^|\.)(coralogix(sg)?\.(com|us|in)|cx498\.coralogix\.com)$/.test(host);
    // The preset otlpExporter has its headers elsewhere in the values.
    const isOfPreset = collector.rendered?.values.isWritten('config', 'exporters', id) === false;
    return isCoralogix && !isOfPreset && users(id).length > 0
      ? exporterProblems(collector, id, settings, host, users(id))
      : [];
  });
};

const hostOf = (endpoint: string): string => /^(?:\w+:\/\/)?([^:/]+)/.exec(endpoint)?.[1]?.toLowerCase() ?? '';

function exporterProblems(
  collector: Collector,
  id: string,
  settings: unknown,
  host: string,
  users: readonly Pipeline[],
): PartProblem[] {
  const named = `${id} of ${collector.title}`;
  const headers = Object.keys(mappingAt(settings, 'headers')).map((name) => name.toLowerCase());
  const missing = ['cx.application.name', 'cx.subsystem.name'].filter(
    (name) => !headers.includes(name.replaceAll('.', '-')) && users.some((user) => !isSet(collector, user, name)),
  );
  const isKnown = headers.includes('authorization') || valueAt(settings, 'auth') !== undefined;
  return [
    ...(host.startsWith('ingress.')
      ? []
      : [
          {
            path: ['exporters', id, 'endpoint'],
            message: `${named} sends to ${host}, and data are taken at ingress.${bareDomain(host)}`,
            suggestion: `write: endpoint: ingress.${bareDomain(host)}:443`,
          },
        ]),
    ...(isKnown
      ? []
      : [
          {
            path: ['exporters', id],
            message: `${named} has no header Authorization: everything that it sends is refused`,
            suggestion: 'write: headers: { Authorization: "Bearer ${env:CORALOGIX_PRIVATE_KEY}" }',
          },
        ]),
    ...(missing.length === 0
      ? []
      : [
          {
            path: ['exporters', id],
            message: `${named} sends data without ${joinNames(missing)}, by which application and subsystem are known`,
            suggestion: `add a processor resource with ${missing.map((name) => `{ key: ${name}, action: upsert, … }`).join(' and ')}`,
          },
        ]),
  ];
}

function bareDomain(host: string): string {
  const reading = readDomain(host);
  return reading.status === 'repairable' ? reading.repaired : host;
}

/** Whether something on the way to a pipeline's exporters sets an attribute. */
const isSet = ({ pipelines, config }: Collector, pipeline: Pipeline, name: string): boolean =>
  [...pipelines.upstream(pipeline)].some(({ processors }) =>
    processors.some((id) => {
      const settings = valueAt(config, 'processors', id);
      switch (componentType(id)) {
        case 'resource':
          return listAt(settings, 'attributes').some((action) => textAt(action, 'key') === name);
        case 'k8sattributes':
        case 'transform':
        case 'resourcedetection':
          return JSON.stringify(settings ?? '').includes(name);
        default:
          return false;
      }
    }),
  );

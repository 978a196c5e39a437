import { isMapping, type Mapping, textAt, valueAt } from '../../yaml/value.ts';
import type { ChartValues } from '../chart-values.ts';
import type { Draft } from '../draft.ts';
import { goKind, isNothing, isTrue, printed, TemplateError, wantMapping, wantText } from '../template.ts';
import { exporterHelper } from './exporter-helper.ts';
import { type Preset, type Signal, signals, signalsOf } from './preset.ts';

/** Another account that everything is sent to as well. */
interface AdditionalEndpoint {
  /** What follows `coralogix/` in the exporter's id. */
  readonly name: string;
  readonly domain: string;
  readonly privateKey: string | undefined;
}

/** The accounts that are on: of the exporter's preset, where it names some, else those of all sub-charts. */
export function additionalEndpoints(values: ChartValues, where: 'global' | 'preset'): AdditionalEndpoint[] {
  const shared = ['global', 'additionalEndpoints'];
  const own = ['presets', 'coralogixExporter', 'additionalEndpoints'];
  const path = where === 'preset' && values.list(...own).length > 0 ? own : shared;
  return values
    .list(...path)
    .filter((entry) => isEnabled(entry, path))
    .map((entry) => {
      const given = valueAt(entry, 'name');
      const name = isTrue(given) ? printed(given) : domainAsName(entry, path);
      return { name, domain: textAt(entry, 'domain') ?? '', privateKey: textAt(entry, 'privateKey') };
    });
}

function isEnabled(entry: unknown, path: readonly string[]): boolean {
  if (!isMapping(entry)) {
    const reason = isNothing(entry) ? 'nil pointer evaluating' : "can't evaluate field enabled in type";
    throw new TemplateError(`${reason} interface {}${isNothing(entry) ? '.enabled' : ''}`, '$endpoint.enabled', path);
  }
  const enabled = valueAt(entry, 'enabled');
  if (typeof enabled !== 'boolean' && !isNothing(enabled)) {
    const reason =
      typeof enabled === 'object' ? `non-comparable type: ${goKind(enabled)}` : 'incompatible types for comparison';
    throw new TemplateError(`error calling eq: ${reason}`, 'eq $endpoint.enabled true', path);
  }
  return enabled === true;
}

function domainAsName(entry: unknown, path: readonly string[]): string {
  const domain = valueAt(entry, 'domain');
  if (isNothing(domain)) {
    throw new TemplateError('invalid value; expected string', '""', path, 'write: domain: …');
  }
  return wantText(domain, '$endpoint.domain', path)
    .replaceAll('https://', '')
    .replaceAll('http://', '')
    .replaceAll(/[:/.]/g, '_');
}

const coralogixExporter: Preset = {
  key: 'coralogixExporter',
  texts(values) {
    const preset = values.mapping('presets', 'coralogixExporter');
    const shared = values.at('global', 'domain');
    const endpoints = additionalEndpoints(values, 'preset');
    return {
      quoted: [
        preset['privateKey'],
        preset['domain'] || shared,
        preset['defaultApplicationName'] || values.at('global', 'defaultApplicationName'),
        preset['defaultSubsystemName'] || values.at('global', 'defaultSubsystemName'),
        ...endpoints.flatMap(({ domain, privateKey }) => [domain, privateKey]),
      ],
    };
  },
  apply(draft, values) {
    const preset = values.mapping('presets', 'coralogixExporter');
    const domain = values.text('presets', 'coralogixExporter', 'domain') ?? values.text('global', 'domain') ?? '';
    const endpoints = [
      { id: 'coralogix', domain, privateKey: textAt(preset, 'privateKey'), isMain: true },
      ...additionalEndpoints(values, 'preset').map((entry) => ({
        ...entry,
        id: `coralogix/${entry.name}`,
        isMain: false,
      })),
    ];
    wantMapping(draft.settings['exporters'], '$config.exporters', ['config', 'exporters']);
    for (const entry of endpoints) {
      draft.component('exporters', entry.id, exporter(values, entry));
    }
    // What is no YAML, helm reads as a mapping with this key.
    const ids = draft.isLost ? ['Error'] : endpoints.map(({ id }) => id).sort();
    send(draft, exportedSignals(values, 'coralogixExporter'), ids);
  },
};

interface Account {
  readonly domain: string;
  readonly privateKey: string | undefined;
  readonly isMain: boolean;
}

function exporter(values: ChartValues, { domain, privateKey, isMain }: Account): Mapping {
  const name = (key: string) =>
    (isMain ? values.text('presets', 'coralogixExporter', key) : undefined) ?? values.text('global', key) ?? '';
  return {
    domain,
    private_key: privateKey,
    application_name: name('defaultApplicationName'),
    subsystem_name: name('defaultSubsystemName'),
    ...nameAttributes(values),
    ...exporterHelper(values.mapping('presets', 'coralogixExporter')),
  };
}

/** Attributes that an application and a subsystem are named after: the first that is there. */
function nameAttributes({ distribution }: ChartValues): Mapping {
  switch (distribution) {
    case 'ecs':
      return {
        application_name_attributes: ['aws.ecs.cluster.name', 'aws.ecs.task.definition.family'],
        subsystem_name_attributes: ['aws.ecs.container.name', 'aws.ecs.docker.name', 'docker.name'],
      };
    case 'standalone':
    case 'macos':
      return {
        application_name_attributes: ['cx.application.name', 'service.namespace'],
        subsystem_name_attributes: ['cx.subsystem.name', 'service.name'],
      };
    default:
      return {
        application_name_attributes: ['k8s.namespace.name', 'service.namespace'],
        subsystem_name_attributes: [
          'k8s.deployment.name',
          'k8s.statefulset.name',
          'k8s.daemonset.name',
          'k8s.cronjob.name',
          ...(distribution === 'eks/fargate' ? ['k8s.job.name', 'k8s.container.name', 'k8s.node.name'] : []),
          'service.name',
        ],
      };
  }
}

const otlpExporter: Preset = {
  key: 'otlpExporter',
  apply(draft, values) {
    const path = ['presets', 'otlpExporter', 'endpoint'];
    const endpoint = values.at(...path);
    if (isNothing(endpoint) || endpoint === '') {
      const reason = 'presets.otlpExporter.endpoint must be set when the otlpExporter preset is enabled.';
      throw new TemplateError(reason, undefined, path, 'write: endpoint: HOST:4317');
    }
    draft.component('exporters', 'otlp', {
      endpoint,
      ...(values.has('presets', 'otlpExporter', 'tls') ? { tls: values.at('presets', 'otlpExporter', 'tls') } : {}),
    });
    send(draft, exportedSignals(values, 'otlpExporter'), ['otlp']);
  },
};

/** Sends all spans of a trace to the same gateway. */
const loadBalancing: Preset = {
  key: 'loadBalancing',
  texts: (values) => ({
    quoted: ['routingKey', 'hostname', 'dnsResolverInterval', 'dnsResolverTimeout'].map((key) =>
      values.at('presets', 'loadBalancing', key),
    ),
  }),
  apply(draft, values) {
    draft.component('exporters', 'loadbalancing', {
      routing_key: values.at('presets', 'loadBalancing', 'routingKey'),
      protocol: { otlp: { tls: { insecure: true } } },
      resolver: resolver(values),
    });
    const named = values.texts('presets', 'loadBalancing', 'pipelines');
    for (const signal of named.length > 0 ? named : ['traces']) {
      draft.append(signal, 'exporters', 'loadbalancing');
    }
  },
};

function resolver(values: ChartValues): Mapping {
  const at = (...path: readonly string[]) => values.text('presets', 'loadBalancing', ...path);
  if (values.has('presets', 'loadBalancing', 'k8s', 'enabled')) {
    return { k8s: { service: at('k8s', 'service') } };
  }
  const isCloudMap =
    values.has('presets', 'loadBalancing', 'awsCloudMap') &&
    values.has('presets', 'loadBalancing', 'awsCloudMap', 'enabled');
  return isCloudMap
    ? { aws_cloud_map: { namespace: at('awsCloudMap', 'namespace') } }
    : { dns: { hostname: at('hostname') ?? '' } };
}

/** Without a list, or with an empty one, everything is sent. */
function exportedSignals(values: ChartValues, key: string): readonly Signal[] {
  const single = key === 'coralogixExporter' ? values.text('presets', key, 'pipeline') : undefined;
  if (values.list('presets', key, 'pipelines').length > 0) {
    return signalsOf(values, key);
  }
  return single === undefined || single === 'all' ? signals : signals.filter((signal) => signal === single);
}

function send(draft: Draft, sent: readonly Signal[], exporters: readonly string[]): void {
  for (const id of exporters) {
    for (const signal of sent) {
      draft.append(signal, 'exporters', id);
    }
  }
}

export const exporterPresets = { coralogixExporter, otlpExporter, loadBalancing };

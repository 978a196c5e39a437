import { isMapping, type Path, valueAt } from '../yaml/value.ts';
import type { ChartValues } from './chart-values.ts';
import { fieldOf, hasEntry, isTrue, printed, TemplateError } from './template.ts';

/** What the chart prints at the end, and where it refuses what its schema does not. */
export function notes(values: ChartValues): void {
  const fails = (reason: string, path: Path, suggestion: string) => {
    throw new TemplateError(reason, undefined, path, suggestion);
  };
  if (!['daemonset', 'deployment', 'statefulset'].includes(values.mode)) {
    fails(
      "[ERROR] 'mode' must be set. See https://github.com/open-telemetry/opentelemetry-helm-charts/blob/main/charts/opentelemetry-collector/UPGRADING.md for instructions.",
      ['mode'],
      'write: mode: daemonset, deployment or statefulset',
    );
  }
  if (values.text('dnsPolicy') === 'None' && !values.has('dnsConfig')) {
    fails('[ERROR] dnsConfig should be provided when dnsPolicy is None', ['dnsPolicy'], 'write: dnsConfig: …');
  }
  if (values.preset('clusterMetrics')) {
    if (values.mode === 'daemonset') {
      fails(
        'Cluster Metrics preset is not suitable for daemonset mode. Please use statefulset or deployment mode with replicaCount: 1',
        ['presets', 'clusterMetrics'],
        'write: clusterMetrics: { enabled: false } here, and leave it on for opentelemetry-cluster-collector',
      );
    }
    if (Number(values.at('replicaCount')) > 1) {
      fails(
        'Cluster Metrics preset is not suitable for replicaCount greater than one. Please change replica count to one.',
        ['replicaCount'],
        'write: replicaCount: 1',
      );
    }
  }
  if (values.preset('kubernetesResources') && values.mode === 'daemonset') {
    fails(
      'Kubernetes Resources preset is not suitable for daemonset mode. Please use statefulset or deployment mode.',
      ['presets', 'kubernetesResources'],
      'write: kubernetesResources: { enabled: false } here, and leave it on for opentelemetry-cluster-collector',
    );
  }
  for (const key of ['spanMetricsMulti', 'loadBalancing']) {
    if (values.preset(key) && !hasBatch(values)) {
      fails(
        `[ERROR] ${key} preset requires the 'batch' processor to be configured. Enable 'presets.batch' or add 'config.processors.batch' or 'extraConfig.processors.batch'.`,
        ['presets', key],
        'write below presets: batch: { enabled: true }',
      );
    }
  }
  mysqlNotes(values, fails);
  exporterNotes(values);
}

/** The chart warns of an exporter that is gone, and looks for it in every pipeline that the values write. */
function exporterNotes(values: ChartValues): void {
  const path = ['config', 'service', 'pipelines'];
  const pipelines = values.has('configMap', 'create') ? valueAt(values.all, ...path) : undefined;
  if (isTrue(pipelines) && typeof pipelines !== 'object') {
    throw new TemplateError(`range can't iterate over ${printed(pipelines)}`, path.join('.'), path);
  }
  for (const [id, pipeline] of Object.entries(pipelines ?? {})) {
    hasEntry(fieldOf(pipeline, '$value', ['exporters'], [...path, id]), 'logging', [...path, id, 'exporters']);
  }
}

function mysqlNotes(values: ChartValues, fails: (reason: string, path: Path, suggestion: string) => void): void {
  const isComplete = (instance: unknown) => ['username', 'password'].every((key) => isTrue(valueAt(instance, key)));
  const instances = values.list('presets', 'mysql', 'metrics', 'instances');
  if (values.has('presets', 'mysql', 'metrics', 'enabled') && !instances.every(isComplete)) {
    fails(
      '[ERROR] Username and password must be specified for every instance of the MySQL metrics collector',
      ['presets', 'mysql'],
      'write: username: …, password: ${env:…}',
    );
  }
  const logs = (key: string) => values.has('presets', 'mysql', 'extraLogs', key);
  if (logs('enabled') && !(logs('volumeMountName') && logs('mountPath'))) {
    fails(
      '[ERROR] Volume mount name and mount path must be specified when MySQL extra logs collection is enabled',
      ['presets', 'mysql'],
      'write: volumeMountName: …, mountPath: …',
    );
  }
}

export const hasBatch = (values: ChartValues): boolean =>
  values.preset('batch') ||
  ['config', 'extraConfig'].some((key) => {
    const processors = valueAt(values.all, key, 'processors');
    return isMapping(processors) && Object.hasOwn(processors, 'batch');
  });

import { parseYaml } from '../yaml/parse.ts';
import { kubernetesSchema } from '../yaml/schema.ts';
import { isMapping, listAt, type Path, textAt, valueAt } from '../yaml/value.ts';
import type { ChartValues } from './chart-values.ts';
import { notes } from './notes.ts';
import { presetRules } from './permissions.ts';
import { containerPorts, enabledPorts, namedPorts, ownResourceAttributes } from './pods.ts';
import { enrichesProfiles } from './presets/profiles.ts';
import { isNothing, isTrue, TemplateError, wantBoolean, wantList, wantText } from './template.ts';
import { type TemplateContext, textWithTemplates, withTemplates } from './template-text.ts';

/** What a template of the chart reads, with whether it fails; the configuration's own templates are elsewhere. */
type Template = (values: ChartValues, context: TemplateContext) => void;

/** Texts that templates run over: annotations and labels. */
function texts(values: ChartValues, context: TemplateContext, ...path: readonly string[]): void {
  for (const [key, value] of Object.entries(values.mapping(...path))) {
    textWithTemplates(wantText(value, '$value', [...path, key]), context);
  }
}

const serviceAccount: Template = (values, context) => {
  if (values.has('serviceAccount', 'create') || values.preset('kubeletMetrics')) {
    texts(values, context, 'serviceAccount', 'annotations');
  }
};

const service: Template = (values, context) => {
  const isOn = values.has('service', 'enabled') || values.mode !== 'daemonset';
  if ((isOn && !values.has('collectorCRD', 'generate')) || values.has('ingress', 'enabled')) {
    texts(values, context, 'service', 'annotations');
    enabledPorts(namedPorts(values));
  }
};

const monitors: Template = (values, context) => {
  const isAgent = values.mode === 'daemonset';
  const isOn = (key: string) => values.has(key, 'enabled') && values.has(key, 'metricsEndpoints');
  if (isOn('serviceMonitor') && !isAgent) {
    texts(values, context, 'serviceMonitor', 'extraLabels');
  }
  if (values.has('prometheusRule', 'enabled') && values.has('serviceMonitor', 'enabled')) {
    texts(values, context, 'prometheusRule', 'extraLabels');
    values.at('prometheusRule', 'defaultRules', 'enabled');
  }
  if (isOn('podMonitor') && isAgent) {
    texts(values, context, 'podMonitor', 'extraLabels');
  }
};

const targetAllocator: Template = (values, context) => {
  if (values.has('targetAllocator', 'serviceMonitor', 'enabled')) {
    texts(values, context, 'targetAllocator', 'serviceMonitor', 'extraLabels');
  }
  values.at('targetAllocator', 'pdb', 'create');
  if (values.has('targetAllocator', 'enabled') && !values.has('collectorCRD', 'generate')) {
    texts(values, context, 'service', 'annotations');
    texts(values, context, 'annotations');
    values.at('rollout', 'strategy');
    values.at('targetAllocator', 'prometheusCR', 'enabled');
    values.at('targetAllocator', 'image', 'tag');
    values.at('targetAllocator', 'livenessProbe', 'initialDelaySeconds');
  }
};

const others: Template = (values, context) => {
  values.at('priorityClass', 'create');
  values.at('podDisruptionBudget', 'enabled');
  values.at('autoscaling', 'enabled');
  if (values.has('networkPolicy', 'enabled')) {
    texts(values, context, 'networkPolicy', 'annotations');
    enabledPorts(values.mapping('ports'));
  }
};

const ingress: Template = (values, context) => {
  if (!values.has('ingress', 'enabled')) {
    return;
  }
  const path = ['ingress', 'additionalIngresses'];
  for (const entry of [values.at('ingress'), ...wantList(values.at(...path), 'prepend', path)]) {
    for (const host of listAt(entry, 'hosts')) {
      textWithTemplates(wantText(valueAt(host, 'host'), '.host', ['ingress']), context);
    }
    for (const value of Object.values(
      isMapping(valueAt(entry, 'annotations')) ? Object(valueAt(entry, 'annotations')) : {},
    )) {
      textWithTemplates(wantText(value, '$value', ['ingress', 'annotations']), context);
    }
  }
};

const clusterRole: Template = (values, context) => {
  const isOn =
    values.has('clusterRole', 'create') ||
    ['kubernetesAttributes', 'clusterMetrics', 'kubeletMetrics', 'kubernetesEvents'].some((key) =>
      values.preset(key),
    ) ||
    values.has('presets', 'mysql', 'metrics', 'enabled') ||
    values.preset('kubernetesResources') ||
    enrichesProfiles(values) ||
    values.has('presets', 'loadBalancing', 'k8s', 'enabled') ||
    values.preset('kubernetesExtraMetrics') ||
    values.preset('kubernetesApiServerMetrics') ||
    values.preset('prometheusAnnotationDiscovery') ||
    values.distribution === 'eks/fargate';
  if (isOn) {
    values.at('clusterRole', 'name');
    texts(values, context, 'clusterRole', 'annotations');
    texts(values, context, 'clusterRole', 'clusterRoleBinding', 'annotations');
    presetRules(values);
    values.at('presets', 'prometheusAnnotationDiscovery', 'enabled');
  }
};

/** The workload around its configuration. */
const workload: Template = (values, context) => {
  texts(values, context, 'annotations');
  values.at('rollout', 'strategy');
  if (values.mode === 'statefulset') {
    values.at('statefulset', 'podManagementPolicy');
  }
  withTemplates(values.at('podAnnotations'), context);
  withTemplates(values.at('podLabels'), context);
  pod(values, context);
};

const pod: Template = (values, context) => {
  const preset = (...path: readonly string[]) => values.has('presets', ...path);
  preset('fleetManagement', 'supervisor', 'objstoreConfig');
  values.at('serviceAccount', 'create');
  if (values.distribution === 'eks/fargate' && preset('eksFargate', 'initContainer', 'enabled')) {
    values.at('presets', 'eksFargate', 'initContainer', 'image', 'repository');
  }
  values.at('command', 'extraArgs');
  if (!values.has('securityContext') && !values.has('isWindows') && !preset('logsCollection', 'storeCheckpoints')) {
    preset('hostMetrics', 'process', 'enabled');
  }
  preset('ebpfProfiler', 'enabled');
  values.at('image', 'repository');
  containerPorts(values);
  values.at('targetAllocator', 'enabled');
  preset('k8sResourceAttributes', 'enabled');
  if (!preset('kubeletMetrics', 'enabled') && !preset('kubernetesExtraMetrics', 'perNode')) {
    if (preset('otlpExporter', 'enabled')) {
      const path = ['presets', 'otlpExporter', 'endpoint'];
      wantText(values.at(...path), '.Values.presets.otlpExporter.endpoint', path);
    }
  }
  ownResourceAttributes(values, context);
  if (!preset('fleetManagement', 'supervisor', 'enabled')) {
    values.at('livenessProbe', 'initialDelaySeconds');
    values.at('livenessProbe', 'httpGet', 'path');
  }
  values.at('readinessProbe', 'initialDelaySeconds');
  values.at('readinessProbe', 'httpGet', 'path');
  if (values.has('configMap', 'create')) {
    wantBoolean(values.at('isWindows'), '"/conf"', ['isWindows']);
  }
  for (const key of ['logsCollection', 'journaldReceiver', 'hostMetrics']) {
    values.preset(key);
  }
  if (values.preset('resourceDetection') && !values.has('isWindows') && values.distribution !== 'eks/fargate') {
    preset('resourceDetection', 'dbusMachineId', 'enabled');
  }
  withTemplates(values.at('initContainers'), context);
  if (values.distribution !== 'eks/fargate' && !values.has('nodeSelector')) {
    wantBoolean(values.at('isWindows'), '"linux"', ['isWindows']);
  }
};

/** The object that the operator makes the workload of. */
const managed: Template = (values, context) => {
  texts(values, context, 'annotations');
  values.has('presets', 'logsCollection', 'storeCheckpoints');
  values.has('presets', 'hostMetrics', 'process', 'enabled');
  values.at('image', 'repository');
  enabledPorts(values.mapping('ports'));
  values.at('serviceAccount', 'create');
};

/** Names that stand in the manifests without quotes. */
const names: readonly (readonly string[])[] = [
  ['fullnameOverride'],
  ['nameOverride'],
  ['namespaceOverride'],
  ['serviceAccount', 'name'],
  ['clusterRole', 'name'],
];

const mappingValue = 'mapping values are not allowed in this context';

const isMappingValue = (name: string | undefined): boolean => /:\s/.test(name ?? '');

/**
 * What stops helm in the templates of a sub-chart, in the order in which it runs them: those whose names come last
 * first.
 *
 * @param configured what fails in the configuration, which stands in the workload
 */
export function templateFailures(
  values: ChartValues,
  context: TemplateContext,
  configured: readonly TemplateError[],
): TemplateError[] {
  const isManaged = isTrue(valueAt(values.all, 'collectorCRD', 'generate'));
  const isWorkload = ['daemonset', 'deployment', 'statefulset'].includes(values.mode);
  const failuresOf = (template: Template): TemplateError[] => {
    try {
      template(values, context);
      return [];
    } catch (error) {
      if (error instanceof TemplateError) {
        return [error];
      }
      throw error;
    }
  };
  const before = [
    (all: ChartValues) => void all.at('collectorCRD', 'generate'),
    monitors,
    serviceAccount,
    service,
    targetAllocator,
    others,
    ingress,
  ];
  return [
    ...before.flatMap(failuresOf),
    ...configured,
    ...(isManaged ? failuresOf(managed) : isWorkload ? failuresOf(workload) : []),
    ...[clusterRole, (all: ChartValues) => void all.at('configMap', 'create'), notes].flatMap(failuresOf),
  ];
}

/** Names that make a manifest no YAML, with the reason. */
export const brokenNames = (values: ChartValues): { readonly path: Path; readonly reason: string }[] =>
  names.flatMap((path) => {
    const name = textAt(values.all, ...path);
    const parsed = isNothing(name) || name === '' ? undefined : parseYaml(`name: ${name}\n`, kubernetesSchema);
    return parsed !== undefined && 'error' in parsed
      ? [
          {
            path,
            reason: `YAML parse error: error converting YAML to JSON: yaml: ${isMappingValue(name) ? mappingValue : parsed.error}`,
          },
        ]
      : [];
  });

import { sh } from '../../text/shell.ts';
import { visibleLine } from '../../text/visible.ts';
import { toYaml } from '../../yaml/to-yaml.ts';
import { chartDefaultDimensions, serviceVersionDimension } from '../dimensions.ts';
import { effectiveDimensions } from '../effective-dimensions.ts';
import { otelIntegrationChart as chart, collectorSecret, collectorService, subChart } from '../names.ts';
import type { OtelIntegrationValues } from './otel-integration-values.ts';

/** The release that a values file is for. */
export interface HelmRelease {
  /** Name of the release. */
  readonly release: string;
  /** Its namespace. */
  readonly namespace: string;
  /**
   * Path of the values file in the command that installs it.
   *
   * @default dist/helm/coralogix-infra-values.yaml
   */
  readonly file?: string;
}

/**
 * A values file: a comment that says what it is for and why, and the values in the order of their keys. Who generates
 * it is not known here; that line goes before it.
 */
export const renderHelmValues = (values: OtelIntegrationValues, release: HelmRelease): string =>
  `${comment(helmValuesHeader(values, release))}\n${toYaml(values)}`;

const comment = (lines: readonly string[]): string =>
  lines.map((line) => visibleLine(`# ${line}`.trimEnd())).join('\n');

/** What a reader of a values file needs to know, as lines without `#`. */
function helmValuesHeader(values: OtelIntegrationValues, release: HelmRelease): string[] {
  return [
    ...installation(release),
    '',
    'Why things stand where they stand:',
    ...reasons(values).flatMap(([first, ...rest]) => [`- ${first}`, ...rest.map((line) => `  ${line}`)]),
    '',
    'Dimensions that the span metrics will have, in this order:',
    ...effectiveDimensions(values).map(({ name }) => `  ${name}`),
  ];
}

const installation = ({
  release,
  namespace,
  file = 'dist/helm/coralogix-infra-values.yaml',
}: HelmRelease): string[] => [
  `Values for the Helm chart ${chart.name}, pinned to ${chart.version}: dimensions and presets are known for that version.`,
  `  ${sh`helm repo add ${chart.repositoryAlias} ${chart.repositoryUrl}`}`,
  `  ${sh`helm upgrade --install ${release} ${chart.reference} --version ${chart.version} \\`}`,
  `    ${sh`--namespace ${namespace} --create-namespace -f ${file}`}`,
  `The namespace ${namespace} must have the Secret ${collectorSecret.name}, with the Send-Your-Data key as ${collectorSecret.key}.`,
];

/** Each reason as its lines; only those that apply to these values. */
function reasons(values: OtelIntegrationValues): string[][] {
  const agent = values[subChart.agent];
  return [
    [
      'Presets stand below a sub-chart. At the top level the chart ignores them without a word, and a sub-chart',
      'refuses a name that it does not know.',
    ],
    [
      `service: makes the Service ${collectorService.agent}, which leads to the agent on the caller's own node.`,
      `${collectorService.clusterCollector} is the cluster collector: it makes no span metrics.`,
    ],
    [
      `extraDimensions: Helm replaces lists, so the chart's own ${chartDefaultDimensions.length} stand first. What errorTracking appends is not`,
      'in the list: the collector does not start when a dimension is there twice.',
    ],
    ...(agent?.presets?.spanMetrics?.serviceVersion?.enabled === false
      ? [[`serviceVersion: off, because ${serviceVersionDimension} is in the list and would be appended again.`]]
      : []),
    ...(agent?.presets?.loadBalancing?.enabled === true ? loadBalancing : []),
    ...(values[subChart.gateway]?.presets?.resourceDetection === undefined ? [] : gatewayDetectors),
    ...(agent?.provider === 'on-prem' ? [['provider: on-prem leaves out the region detectors of the clouds.']] : []),
  ];
}

const loadBalancing: string[][] = [
  [
    `loadBalancing: needs batch, the hostname of the gateway, the gateway itself with tail sampling policies, and a`,
    `coralogixExporter without traces, or every trace is exported twice. Span metrics are made by the agent, before`,
    `sampling, so that they count every span.`,
  ],
];

const gatewayDetectors: string[][] = [
  [
    'detectors of the gateway: without k8snode, which the chart adds for on-prem. The gateway may not read nodes there,',
    'and a detector that fails keeps a collector from starting. The name of its node it has from its environment.',
  ],
];

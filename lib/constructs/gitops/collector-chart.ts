import { Construct } from 'constructs';
import { HelmChart } from '../../../imports/k3s-helm.cattle.io.ts';
import { otelIntegrationChart } from '../../chart/names.ts';
import type { OtelIntegrationValues } from '../../chart/values/otel-integration-values.ts';
import type { HelmRelease } from '../../chart/values/values-file.ts';
import { toYaml } from '../../yaml/to-yaml.ts';
import { recommendedLabels } from '../labels.ts';

/** The release of the chart `otel-integration`, whatever installs it. */
export interface ReleaseProps extends Pick<HelmRelease, 'release' | 'namespace'> {
  /** Where the chart comes from: a Helm repository, or `oci://…`. */
  readonly repository: string;
  /** The system that it belongs to. */
  readonly partOf: string;
  /** The same object that the values file holds. */
  readonly values: OtelIntegrationValues;
}

/** Where k3s looks for its HelmCharts. */
const k3sNamespace = 'kube-system';

/**
 * The collector's chart as k3s installs it, so that `kubectl apply -f dist` alone brings it.
 *
 * @see https://docs.k3s.io/add-ons/helm
 */
export class K3sCollectorChart extends Construct {
  constructor(scope: Construct, id: string, { partOf, release, namespace, repository, values }: ReleaseProps) {
    super(scope, id);
    new HelmChart(this, 'Resource', {
      metadata: { name: release, namespace: k3sNamespace, labels: recommendedLabels({ name: release, partOf }) },
      spec: {
        ...(repository.startsWith('oci://')
          ? { chart: `${repository}/${otelIntegrationChart.name}` }
          : { repo: repository, chart: otelIntegrationChart.name }),
        version: otelIntegrationChart.version,
        targetNamespace: namespace,
        createNamespace: false,
        // A failed upgrade would otherwise take the collector away before it is installed again.
        failurePolicy: 'abort',
        valuesContent: toYaml(values),
      },
    });
  }
}

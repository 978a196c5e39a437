import { Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { HelmRelease } from '../../../imports/flux-helm.toolkit.fluxcd.io.ts';
import { Kustomization } from '../../../imports/flux-kustomize.toolkit.fluxcd.io.ts';
import { HelmRepository } from '../../../imports/flux-source.toolkit.fluxcd.io.ts';
import { otelIntegrationChart } from '../../chart/names.ts';
import { generatedHeader } from '../../files/generated-mark.ts';
import { recommendedLabels } from '../labels.ts';
import { ExtraFile } from '../output.ts';
import { sortedKeys } from '../sorted-keys.ts';
import type { ReleaseProps } from './collector-chart.ts';

interface FluxResourcesProps {
  /** Name of the system, and of its Kustomization. */
  readonly name: string;
  /** The source of Flux that holds the output folder, in the namespace of these resources. */
  readonly source: { readonly kind: string; readonly name: string };
  /** The output folder in that source, beginning with `./`. */
  readonly path: string;
  /** How often cluster and source are compared, e.g. `10m`. */
  readonly interval: string;
  /**
   * The collector's chart.
   *
   * @default - the collector is part of the output folder
   */
  readonly release?: ReleaseProps;
}

/** A repository of charts changes when a version is released. */
const repositoryInterval = '1h';

/**
 * What Flux keeps as it is in git: the output folder, and in it the collector's chart with the same values as the
 * values file.
 *
 * @see https://fluxcd.io/flux/components/
 */
export class FluxResources extends Construct {
  constructor(scope: Construct, id: string, { name, source, path, interval, release }: FluxResourcesProps) {
    super(scope, id);
    const { namespace } = Chart.of(this);
    const metadata = (of: string) => ({
      name: of,
      namespace,
      labels: recommendedLabels({ name: of, partOf: name }),
    });
    new Kustomization(this, 'System', {
      metadata: metadata(name),
      spec: { interval, path, prune: true, sourceRef: source },
    });
    if (release !== undefined) {
      const repository = `${name}-charts`;
      new HelmRepository(this, 'Repository', {
        metadata: metadata(repository),
        spec: {
          interval: repositoryInterval,
          ...(release.repository.startsWith('oci://') && { type: 'oci' }),
          url: release.repository,
        },
      });
      const helmRelease = new HelmRelease(this, 'Release', {
        metadata: metadata(release.release),
        spec: {
          interval: repositoryInterval,
          releaseName: release.release,
          targetNamespace: release.namespace,
          // Where `helm list --namespace` looks.
          storageNamespace: release.namespace,
          chart: {
            spec: {
              chart: otelIntegrationChart.name,
              version: otelIntegrationChart.version,
              sourceRef: { kind: 'HelmRepository', name: repository },
            },
          },
          install: { remediation: { retries: 3 } },
          upgrade: { remediation: { retries: 3 } },
        },
      });
      helmRelease.addJsonPatch(JsonPatch.add('/spec/values', sortedKeys(release.values)));
    }
  }
}

/**
 * Keeps values files out of what Flux fetches: it takes every YAML file of a folder, and of those below, for manifests.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#sourceignore-file
 */
export class FluxIgnoreFile extends ExtraFile {
  readonly path = '.sourceignore';

  render(): string {
    return `${generatedHeader}helm/\n`;
  }
}

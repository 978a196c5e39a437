import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { OtelIntegrationValues } from '../chart/values/otel-integration-values.ts';
import type { GitopsConfig } from '../config/schema/gitops.ts';
import type { SystemConfig } from '../config/schema/system.ts';
import { addSyncWaves, dataKinds, keepFromPruning, keptByArgoCd, keptByFlux } from './gitops/annotations.ts';
import { ArgoCdApplications } from './gitops/argo-cd-applications.ts';
import { K3sCollectorChart, type ReleaseProps } from './gitops/collector-chart.ts';
import { FluxIgnoreFile, FluxResources } from './gitops/flux-resources.ts';
import { OutputFolder } from './output.ts';

/** What the tool of the configuration needs, and whom it lets install the collector's chart. */
export function createGitops(
  scope: Construct,
  config: SystemConfig,
  gitops: GitopsConfig,
  values: OtelIntegrationValues | undefined,
): void {
  const { name, collector, deploy } = config;
  const release: ReleaseProps | undefined =
    values !== undefined && collector.delivery === 'helm-values'
      ? {
          partOf: name,
          release: collector.release,
          namespace: collector.namespace,
          repository: deploy.chartRepository,
          values,
        }
      : undefined;
  if (gitops.tool === 'k3s') {
    if (release !== undefined) {
      new K3sCollectorChart(chartIn(scope, '15-collector-chart'), 'Chart', release);
    }
    return;
  }
  // In a folder of its own: kubectl would send it to clusters that do not know its kinds.
  const folder = new OutputFolder(scope, 'Gitops', gitops.tool);
  if (gitops.tool === 'argo-cd') {
    addSyncWaves(scope);
    keepFromPruning(scope, dataKinds, keptByArgoCd);
    new ArgoCdApplications(chartIn(folder, 'applications', gitops.namespace), 'Applications', {
      ...gitops,
      name,
      release,
    });
    return;
  }
  new FluxIgnoreFile(scope, 'FluxIgnoreFile');
  new FluxResources(chartIn(folder, 'resources', gitops.namespace), 'Resources', { ...gitops, name, release });
  // These stand in the folder that they apply: without them, Flux would delete the system and the collector.
  const own = ['Kustomization', 'HelmRelease', 'HelmRepository'];
  keepFromPruning(scope, [...dataKinds, ...own], keptByFlux);
}

const chartIn = (scope: Construct, id: string, namespace?: string): Chart =>
  new Chart(scope, id, { namespace, disableResourceNameHashes: true });

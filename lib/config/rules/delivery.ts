import type { ConfigRule } from './rule.ts';

/** k3s is only there to install the chart, which is not needed when the collector comes as manifests. */
const noChartToolWithoutChart: ConfigRule = {
  id: 'no-chart-tool-without-chart',
  *check({ system }) {
    const tool = system.at('gitops', 'tool');
    if (tool.text() === 'k3s' && system.at('collector', 'delivery').text() === 'manifests') {
      const message = 'gitops.tool k3s installs the chart of the collector, but collector.delivery is manifests';
      yield tool.finding(message, 'write: delivery: helm-values, or remove gitops');
    }
  },
};

/** The chart sends to Coralogix with its own exporter, whatever the value of `collector.export`. */
const noExportWithoutManifests: ConfigRule = {
  id: 'no-export-without-manifests',
  *check({ system }) {
    const type = system.at('collector', 'export', 'type');
    const delivery = system.at('collector', 'delivery');
    if (type.text() === 'otlp' && delivery.isSound && delivery.text() !== 'manifests') {
      const message = 'collector.export configures the manifests of the collector, but delivery is helm-values';
      yield type.finding(message, 'write: delivery: manifests, or remove collector.export');
    }
  },
};

/** A folder of this machine is none of the cluster, where these tools fetch the chart. */
const noLocalChartsForGitops: ConfigRule = {
  id: 'no-local-charts-for-gitops',
  *check({ system }) {
    const repository = system.at('deploy', 'chartRepository');
    const tool = system.at('gitops', 'tool').text();
    const isChart = system.at('collector', 'delivery').text() !== 'manifests';
    if (tool !== undefined && isChart && /^\.{0,2}\//.test(repository.text() ?? '')) {
      const message = `gitops.tool ${tool} fetches the chart from inside the cluster, and deploy.chartRepository is a folder`;
      yield repository.finding(message, 'write: https://HOST/PATH or oci://HOST/PATH');
    }
  },
};

export const deliveryRules: readonly ConfigRule[] = [
  noChartToolWithoutChart,
  noExportWithoutManifests,
  noLocalChartsForGitops,
];

import type { ConfigRule } from './rule.ts';

/** k3s is only there to install the chart, which is not needed when the collector comes as manifests. */
export const noChartToolWithoutChart: ConfigRule = {
  id: 'no-chart-tool-without-chart',
  *check({ system }) {
    const tool = system.at('gitops', 'tool');
    if (tool.text() === 'k3s' && system.at('collector', 'delivery').text() === 'manifests') {
      const message = 'gitops.tool k3s installs the chart of the collector, but collector.delivery is manifests';
      yield tool.finding(message, 'write: delivery: helm-values, or remove gitops');
    }
  },
};

import type { ConfigRule } from './rule.ts';

/** A folder of this machine is none of the cluster, where these tools fetch the chart. */
export const noLocalChartsForGitops: ConfigRule = {
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

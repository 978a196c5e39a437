import type { ChartValues } from '../chart-values.ts';
import type { Draft } from '../draft.ts';
import { endpoint } from './endpoint.ts';
import type { Preset } from './preset.ts';

export const kubeletMetrics: Preset = {
  key: 'kubeletMetrics',
  apply(draft, values) {
    draft.component('receivers', 'kubeletstats', {
      collection_interval: values.text('presets', 'kubeletMetrics', 'collectionInterval') ?? '20s',
      auth_type: 'serviceAccount',
      insecure_skip_verify: true,
      endpoint: endpoint(values, 'K8S_NODE_IP', 10_250),
      collect_all_network_interfaces: { pod: true, node: true },
    });
    draft.component('processors', 'transform/kubeletstatscpu');
    draft.append('metrics', 'receivers', 'kubeletstats');
    draft.append('metrics', 'processors', 'transform/kubeletstatscpu');
  },
};

export const clusterMetrics: Preset = {
  key: 'clusterMetrics',
  apply(draft, values) {
    draft.component('receivers', 'k8s_cluster');
    draft.append('metrics', 'receivers', 'k8s_cluster');
    if (values.has('presets', 'clusterMetrics', 'customMetrics', 'enabled')) {
      for (const id of ['metricstransform/k8s-dashboard', 'transform/k8s-dashboard']) {
        draft.component('processors', id);
        draft.append('metrics', 'processors', id);
      }
    }
  },
};

/** Scrapes metrics of Kubernetes and keeps a few of them, unless told to keep all. */
const scraped = (key: string, name: string): Preset => ({
  key,
  apply(draft, values) {
    draft.component('receivers', `prometheus/${name}`);
    draft.append('metrics', 'receivers', `prometheus/${name}`);
    if (!values.has('presets', key, 'scrapeAll')) {
      draft.component('processors', `filter/${name}`);
      draft.append('metrics', 'processors', `filter/${name}`);
    }
  },
});

export const kubernetesExtraMetrics = scraped('kubernetesExtraMetrics', 'k8s_extra_metrics');
export const kubernetesApiServerMetrics = scraped('kubernetesApiServerMetrics', 'k8s_apiserver_metrics');

export const deltaToCumulative: Preset = {
  key: 'deltaToCumulative',
  apply(draft) {
    draft.component('processors', 'deltatocumulative');
    draft.replace('metrics', 'processors', ['deltatocumulative', ...draft.ids('metrics', 'processors')]);
  },
};

/** What the collector says of itself. */
export const collectorMetrics: Preset = {
  key: 'collectorMetrics',
  apply(draft, values) {
    if (values.has('presets', 'collectorMetrics', 'disablePrometheusReceiver')) {
      return;
    }
    const isForMetrics = (values.text('presets', 'collectorMetrics', 'pipeline') ?? 'metrics') === 'metrics';
    draft.component('processors', 'transform/prometheus');
    scrapeItself(draft, values, isForMetrics);
    if (isForMetrics) {
      draft.append('metrics', 'processors', 'transform/prometheus');
    }
  },
};

/** A monitor of the Prometheus operator scrapes it instead. */
function scrapeItself(draft: Draft, values: ChartValues, isForMetrics: boolean): void {
  if (values.has('podMonitor', 'enabled') || values.has('serviceMonitor', 'enabled')) {
    return;
  }
  draft.component('receivers', 'prometheus');
  if (isForMetrics) {
    draft.append('metrics', 'receivers', 'prometheus');
  }
}

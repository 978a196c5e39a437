import type { ChartValues } from '../chart-values.ts';
import type { Draft } from '../draft.ts';
import { components, endpoint, type Preset } from './preset.ts';

const hostMetrics: Preset = {
  key: 'hostMetrics',
  apply(draft, values) {
    values.at('presets', 'hostMetrics', 'process', 'enabled');
    draft.component('receivers', 'hostmetrics');
    draft.mustAppend('metrics', 'receivers', 'hostmetrics');
  },
};

const kubeletMetrics: Preset = {
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
    draft.mustAppend('metrics', 'receivers', 'kubeletstats');
    draft.mustAppend('metrics', 'processors', 'transform/kubeletstatscpu');
  },
};

const dashboard = ['metricstransform/k8s-dashboard', 'transform/k8s-dashboard'];

const clusterMetrics: Preset = {
  key: 'clusterMetrics',
  apply(draft, values) {
    const isCustom = values.has('presets', 'clusterMetrics', 'customMetrics', 'enabled');
    draft.component('receivers', 'k8s_cluster');
    components(draft, 'processors', ...(isCustom ? dashboard : []));
    draft.mustAppend('metrics', 'receivers', 'k8s_cluster');
    for (const id of isCustom ? dashboard : []) {
      draft.mustAppend('metrics', 'processors', id);
    }
  },
};

/** Scrapes metrics of Kubernetes and keeps a few of them, unless it is configured to keep all. */
const scraped = (key: string, name: string, observer?: string): Preset => ({
  key,
  apply(draft, values) {
    const keepsAll = values.has('presets', key, 'scrapeAll');
    draft.component('receivers', `prometheus/${name}`);
    components(draft, 'processors', ...(keepsAll ? [] : [`filter/${name}`]));
    draft.mustAppend('metrics', 'receivers', `prometheus/${name}`);
    if (!keepsAll) {
      draft.mustAppend('metrics', 'processors', `filter/${name}`);
    }
    if (observer !== undefined) {
      observe(draft);
    }
  },
});

function observe(draft: Draft): void {
  draft.component('extensions', 'k8s_observer');
  draft.extension('k8s_observer', false);
}

const kubernetesExtraMetrics = scraped('kubernetesExtraMetrics', 'k8s_extra_metrics');
const kubernetesApiServerMetrics = scraped('kubernetesApiServerMetrics', 'k8s_apiserver_metrics', 'k8s_observer');

const deltaToCumulative: Preset = {
  key: 'deltaToCumulative',
  apply(draft) {
    draft.component('processors', 'deltatocumulative');
    draft.mustPrepend('metrics', 'processors', 'deltatocumulative');
  },
};

/** What the collector says of itself. */
const collectorMetrics: Preset = {
  key: 'collectorMetrics',
  apply(draft, values) {
    const at = (key: string) => values.at('presets', 'collectorMetrics', key);
    const isMonitored = values.has('podMonitor', 'enabled') || values.has('serviceMonitor', 'enabled');
    const isScraped = !at('disablePrometheusReceiver');
    const isForMetrics = (at('pipeline') || 'metrics') === 'metrics';
    if (isScraped) {
      components(draft, 'receivers', ...(isMonitored ? [] : ['prometheus']));
      draft.component('processors', 'transform/prometheus');
    }
    const prometheus = { host: `\${env:MY_POD_IP}`, port: 8888 };
    draft.below({ service: { telemetry: { metrics: { readers: [{ pull: { exporter: { prometheus } } }] } } } });
    if (isScraped && isForMetrics) {
      draft.append('metrics', 'receivers', ...(isMonitored ? [] : ['prometheus']));
      draft.append('metrics', 'processors', 'transform/prometheus');
    }
  },
};

const prometheusMulti: Preset = {
  key: 'prometheusMulti',
  apply(draft) {
    draft.component('receivers', 'prometheus/multi');
    if (draft.has('metrics')) {
      draft.mustAppend('metrics', 'receivers', 'prometheus/multi');
    }
  },
};

const annotationDiscovery: Preset = {
  key: 'prometheusAnnotationDiscovery',
  texts: (values) => ({ quoted: [values.at('presets', 'prometheusAnnotationDiscovery', 'scrapeInterval')] }),
  apply(draft) {
    draft.component('receivers', 'receiver_creator');
    if (draft.has('metrics')) {
      draft.mustAppend('metrics', 'receivers', 'receiver_creator');
    }
    observe(draft);
  },
};

const mysql: Preset = {
  key: 'mysql',
  isOn: (values) => values.has('presets', 'mysql', 'metrics', 'enabled'),
  apply(draft, values) {
    if (hasInstances(values)) {
      draft.component('receivers', 'receiver_creator/mysql');
      draft.component('extensions', 'k8s_observer');
    }
    draft.mustAppend('metrics', 'receivers', 'receiver_creator/mysql');
    draft.extension('k8s_observer', false);
  },
};

const hasInstances = (values: ChartValues): boolean => values.has('presets', 'mysql', 'metrics', 'instances');

/** Not a preset of the chart, but a part of it that adds a receiver all the same. */
const targetAllocator: Preset = {
  key: 'targetAllocator',
  isOn: (values) => values.has('targetAllocator', 'enabled'),
  apply(draft) {
    draft.component('receivers', 'prometheus');
    draft.mustAppend('metrics', 'receivers', 'prometheus');
  },
};

export const metricPresets = {
  hostMetrics,
  kubeletMetrics,
  clusterMetrics,
  kubernetesExtraMetrics,
  kubernetesApiServerMetrics,
  deltaToCumulative,
  collectorMetrics,
  prometheusMulti,
  annotationDiscovery,
  mysql,
  targetAllocator,
};

import type { ChartValues } from '../chart-values.ts';
import type { Draft } from '../draft.ts';
import type { Preset } from './preset.ts';

/** Kubelets of Fargate, each asked by a pod beside it. */
export const eksFargate: Preset = {
  key: 'eksFargate',
  isOn: (values) => values.distribution === 'eks/fargate',
  apply(draft, values) {
    draft.component('receivers', 'receiver_creator');
    if (!values.has('presets', 'eksFargate', 'monitoringCollector')) {
      addPipeline(draft, values, 'metrics/kubeletstats');
    }
    addPipeline(draft, values, 'metrics/colmon');
  },
};

/** Here the chart's own wins over what the values say by hand. */
function addPipeline(draft: Draft, values: ChartValues, id: string): void {
  const detection = values.preset('resourceDetection') ? ['resourcedetection/region', 'resourcedetection/env'] : [];
  const attributes = values.preset('kubernetesAttributes') ? ['k8sattributes'] : [];
  const parts = {
    receivers: ['receiver_creator'],
    processors: ['memory_limiter', 'resource/metadata', ...detection, ...attributes],
    exporters: ['coralogix'],
  };
  draft.remove(id);
  draft.pipeline(id, parts);
}

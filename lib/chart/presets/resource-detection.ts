import type { ChartValues } from '../chart-values.ts';
import { type Preset, signals } from './preset.ts';

/** Where the collector runs: the host, and the region of the cloud. */
export const resourceDetectionPreset: Preset = {
  key: 'resourceDetection',
  apply(draft, values) {
    const pipeline = values.text('presets', 'resourceDetection', 'pipeline') ?? 'all';
    const provider = values.provider('resourceDetection');
    const included = signals.filter((signal) => pipeline === 'all' || (pipeline === signal && signal !== 'logs'));
    draft.component('processors', 'resourcedetection/env', environment(values, provider));
    if (hasRegion(values)) {
      draft.component('processors', 'resourcedetection/region', {
        detectors: cloudDetectors(values, provider),
        timeout: '2s',
        override: true,
      });
    }
    if (provider === 'azure') {
      draft.component('processors', 'transform/azure-host-name');
    }
    for (const signal of included) {
      draft.prepend(signal, 'processors', 'resourcedetection/env');
      if (hasRegion(values)) {
        draft.prepend(signal, 'processors', 'resourcedetection/region');
      }
      if (provider === 'azure') {
        draft.append(signal, 'processors', 'transform/azure-host-name');
      }
    }
  },
};

/** Whether the region is detected: not on premises, where there is none. */
export const hasRegion = (values: ChartValues): boolean =>
  values.has('presets', 'resourceDetection', 'region', 'enabled') && values.provider('resourceDetection') !== 'on-prem';

function environment(values: ChartValues, provider: string) {
  const usual = provider === 'on-prem' && values.isKubernetes ? ['env', 'k8snode', 'system'] : ['system', 'env'];
  return {
    detectors: values.at('presets', 'resourceDetection', 'detectors', 'env') ?? usual,
    timeout: '2s',
    override: false,
    system: { resource_attributes: { 'host.id': { enabled: true } } },
  };
}

function cloudDetectors(values: ChartValues, provider: string): readonly unknown[] {
  const named = values.list('presets', 'resourceDetection', 'detectors', 'cloud');
  if (named.length > 0) {
    return named;
  }
  switch (provider) {
    case 'aws':
      return awsDetectors(values);
    case 'azure':
      return values.isKubernetes ? ['azure', 'aks'] : ['azure'];
    case 'gcp':
      return ['gcp'];
    default:
      return values.isKubernetes ? ['gcp', 'ec2', 'azure', 'eks'] : ['gcp', 'ec2', 'azure'];
  }
}

/** Pods without the network of their node cannot ask the metadata service. */
function awsDetectors({ distribution, mode, isKubernetes }: ChartValues): string[] {
  if (distribution === 'eks/fargate' || (isKubernetes && mode !== 'daemonset')) {
    return ['env'];
  }
  return distribution.startsWith('eks') ? ['ec2', 'eks'] : ['ec2'];
}

import type { ChartValues } from '../chart-values.ts';
import { isTrue } from '../template.ts';
import { components, type Preset } from './preset.ts';

const enrichment = ['k8sattributes/profiles', 'transform/profiles'];

const profilesCollection: Preset = {
  key: 'profilesCollection',
  apply(draft, { missing }) {
    if (missing.has('profileEnrichment')) {
      components(draft, 'processors', ...enrichment);
      const processors = ['memory_limiter', 'k8sattributes/profiles', 'resource/metadata', 'transform/profiles'];
      draft.pipeline('profiles', { receivers: [], processors, exporters: [] });
    } else {
      draft.pipeline('profiles', { receivers: [], processors: ['memory_limiter', 'resource/metadata'], exporters: [] });
    }
  },
};

const profilesAttributes: Preset = {
  key: 'profilesK8sAttributes',
  isOn: (values) =>
    values.preset('profilesK8sAttributes') &&
    (values.missing.has('profileEnrichment') || values.preset('profilesCollection')),
  apply(draft, values) {
    if (values.mode !== 'daemonset') {
      values.at('presets', 'kubernetesAttributes', 'nodeFilter', 'enabled');
    }
    components(draft, 'processors', ...enrichment);
    draft.start('profiles', 'processors');
    draft.append('profiles', 'processors', ...enrichment);
  },
};

/** Profiles are all that it leaves. */
const ebpfProfiler: Preset = {
  key: 'ebpfProfiler',
  apply(draft) {
    draft.component('receivers', 'profiling');
    draft.pipeline('profiles', { receivers: [], processors: ['memory_limiter'], exporters: [] });
    draft.start('profiles', 'receivers');
    draft.append('profiles', 'receivers', 'profiling');
    draft.keep((id, pipeline) => id === 'profiles' && isTrue(pipeline));
  },
};

export const profilePresets = { profilesCollection, profilesAttributes, ebpfProfiler };

/** Whether profiles are enriched with attributes of pods, for which the chart grants permissions. */
export const enrichesProfiles = (values: ChartValues): boolean => {
  const presets = ['profilesCollection', 'profilesK8sAttributes'];
  return values.missing.has('profileEnrichment')
    ? presets.some((preset) => values.preset(preset))
    : presets.every((preset) => values.preset(preset));
};

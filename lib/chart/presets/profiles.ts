import { components, type Preset } from './preset.ts';

const profilesCollection: Preset = {
  key: 'profilesCollection',
  apply(draft) {
    draft.pipeline('profiles', { receivers: [], processors: ['memory_limiter', 'resource/metadata'], exporters: [] });
  },
};

const profilesAttributes: Preset = {
  key: 'profilesK8sAttributes',
  isOn: (values) => values.preset('profilesK8sAttributes') && values.preset('profilesCollection'),
  apply(draft, values) {
    if (values.mode !== 'daemonset') {
      values.at('presets', 'kubernetesAttributes', 'nodeFilter', 'enabled');
    }
    components(draft, 'processors', 'k8sattributes/profiles', 'transform/profiles');
    draft.start('profiles', 'processors');
    draft.append('profiles', 'processors', 'k8sattributes/profiles', 'transform/profiles');
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
    draft.keep((id) => id === 'profiles');
  },
};

export const profilePresets = { profilesCollection, profilesAttributes, ebpfProfiler };

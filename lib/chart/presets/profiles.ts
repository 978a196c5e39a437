import type { Preset } from './preset.ts';

const guarded = { receivers: [], processors: ['memory_limiter'], exporters: [] };

export const profilesCollection: Preset = {
  key: 'profilesCollection',
  apply(draft) {
    draft.pipeline('profiles', { ...guarded, processors: ['memory_limiter', 'resource/metadata'] });
  },
};

export const profilesAttributes: Preset = {
  key: 'profilesK8sAttributes',
  isOn: (values) => values.preset('profilesK8sAttributes') && values.preset('profilesCollection'),
  apply(draft) {
    draft.component('processors', 'k8sattributes/profiles');
    draft.component('processors', 'transform/profiles');
    draft.append('profiles', 'processors', 'k8sattributes/profiles', 'transform/profiles');
  },
};

/** Profiles are all that it leaves. */
export const ebpfProfiler: Preset = {
  key: 'ebpfProfiler',
  apply(draft) {
    draft.component('receivers', 'profiling');
    draft.pipeline('profiles', guarded);
    draft.append('profiles', 'receivers', 'profiling');
    for (const id of draft.pipelineIds.filter((other) => other !== 'profiles')) {
      draft.remove(id);
    }
  },
};

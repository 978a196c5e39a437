import type { Preset } from './preset.ts';

/** Sends some of the traces only; what is counted by then is counted of all. */
export const headSampling: Preset = {
  key: 'headSampling',
  apply(draft, values) {
    const exporter = values.preset('loadBalancing') ? 'loadbalancing' : 'coralogix';
    draft.component('processors', 'probabilistic_sampler', {
      sampling_percentage: values.at('presets', 'headSampling', 'percentage'),
      mode: values.at('presets', 'headSampling', 'mode'),
    });
    draft.component('connectors', 'forward/sampled');
    draft.pipeline('traces/sampled', {
      receivers: ['forward/sampled'],
      processors: ['batch', 'probabilistic_sampler'],
      exporters: [exporter],
    });
    const others = draft.ids('traces', 'exporters').filter((id) => id !== 'coralogix' && id !== 'loadbalancing');
    draft.replace('traces', 'exporters', [...others, 'forward/sampled']);
  },
};

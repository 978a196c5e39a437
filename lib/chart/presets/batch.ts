import type { Draft } from '../draft.ts';
import { type Preset, signals } from './preset.ts';

export const batch: Preset = {
  key: 'batch',
  apply(draft, values) {
    const at = (key: string) => values.at('presets', 'batch', key);
    draft.component('processors', 'batch', {
      send_batch_size: at('sendBatchSize'),
      send_batch_max_size: at('sendBatchMaxSize'),
      timeout: at('timeout'),
    });
    for (const signal of ['logs', 'metrics', 'traces']) {
      draft.append(signal, 'processors', 'batch');
    }
  },
};

/** Whatever the presets did: the guard of the memory stands first, what gathers and what parts stands last. */
export function order(draft: Draft): void {
  for (const signal of signals) {
    for (const last of signal === 'profiles' ? ['routing'] : ['batch', 'routing']) {
      const ids = draft.ids(signal, 'processors');
      if (ids.includes(last)) {
        draft.replace(signal, 'processors', [...ids.filter((id) => id !== last), last]);
      }
    }
    if (draft.ids(signal, 'processors').includes('memory_limiter')) {
      draft.replace(signal, 'processors', ['memory_limiter', ...draft.ids(signal, 'processors')]);
    }
  }
}

import { isMapping, mappingAt } from '../../yaml/value.ts';
import type { Part, Section } from '../draft.ts';
import type { Preset } from './preset.ts';

const sections: readonly Section[] = ['processors', 'exporters', 'receivers', 'connectors'];
const parts: readonly Part[] = ['receivers', 'processors', 'exporters'];

/** `extraConfig`: components that are added to what the presets make, rather than put in its place. */
export const extraConfig: Preset = {
  key: 'extraConfig',
  isOn: (values) => values.has('extraConfig'),
  apply(draft, values) {
    for (const section of sections) {
      for (const [id, settings] of Object.entries(values.mapping('extraConfig', section))) {
        draft.component(section, id, isMapping(settings) ? settings : {});
      }
    }
    for (const id of Object.keys(mappingAt(values.all, 'extraConfig', 'service', 'pipelines'))) {
      for (const part of parts) {
        draft.append(id, part, ...values.texts('extraConfig', 'service', 'pipelines', id, part));
      }
    }
  },
};

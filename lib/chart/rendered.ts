import { isMapping, type Mapping, mappingAt, valueAt } from '../yaml/value.ts';
import type { ChartValues } from './chart-values.ts';
import { Draft } from './draft.ts';
import { merged } from './merge.ts';
import { presetsOf } from './preset-order.ts';
import { order } from './presets/batch.ts';

/** A collector's configuration as the chart writes it, and which preset brought what. */
export function rendered(values: ChartValues): Draft {
  if (isSupervised(values)) {
    return new Draft(untilTheSupervisorSpeaks);
  }
  const draft = new Draft(guarded(values.mapping('config')));
  for (const { key, isOn, apply } of presetsOf(values.mode)) {
    if (isOn === undefined ? values.preset(key) : isOn(values)) {
      apply(draft.by(key), values);
    }
  }
  order(draft);
  for (const id of draft.pipelineIds) {
    if (draft.ids(id, 'exporters').length === 0) {
      draft.remove(id);
    }
  }
  return draft;
}

const guard = { check_interval: '5s', limit_percentage: 80, spike_limit_percentage: 25 };

function guarded(config: Mapping): Mapping {
  const own = valueAt(config, 'processors', 'memory_limiter');
  const hasOwn = isMapping(own) && Object.keys(own).length > 0;
  const both = hasOwn ? config : merged(config, { processors: { memory_limiter: guard } });
  return mappingAt({ both }, 'both');
}

/** A supervisor gets the configuration from Coralogix, and starts with one that does nothing. */
const isSupervised = (values: ChartValues): boolean =>
  values.preset('fleetManagement') &&
  values.has('presets', 'fleetManagement', 'supervisor', 'enabled') &&
  values.at('presets', 'fleetManagement', 'supervisor', 'minimalCollectorConfig') !== false;

const nothing = { receivers: ['nop'], exporters: ['nop'] };

const untilTheSupervisorSpeaks: Mapping = {
  receivers: { nop: null },
  exporters: { nop: null },
  service: { pipelines: { traces: nothing, metrics: nothing, logs: nothing } },
};

import { isMapping, type Mapping, valueAt } from '../../yaml/value.ts';
import type { ChartValues } from '../chart-values.ts';
import type { Draft, Section } from '../draft.ts';
import { fieldOf, goKind, isTrue, printed, TemplateError, wantList } from '../template.ts';
import { additionalEndpoints } from './exporters.ts';
import { components, type Preset, signals } from './preset.ts';

/** Reports to Coralogix, from where the collector can be configured. */
const fleetManagement: Preset = {
  key: 'fleetManagement',
  isOn: (values) =>
    values.preset('fleetManagement') && !values.has('presets', 'fleetManagement', 'supervisor', 'enabled'),
  apply(draft, values) {
    values.at('presets', 'k8sResourceAttributes', 'agentType');
    values.at('global', 'domain');
    const ids = ['opamp', ...additionalEndpoints(values, 'global').map(({ name }) => `opamp/${name}`)];
    components(draft, 'extensions', ...ids);
    for (const id of ids) {
      draft.extension(id, true);
    }
  },
};

/** What the collector calls itself. */
const k8sResourceAttributes: Preset = {
  key: 'k8sResourceAttributes',
  apply(draft) {
    draft.below({ service: { telemetry: { resource: { 'service.name': 'opentelemetry-collector' } } } });
  },
};

const extension = (key: string): Preset => ({
  key,
  apply(draft, values) {
    draft.component('extensions', key, { endpoint: values.at('presets', key, 'endpoint') });
    draft.extension(key, true);
  },
});

const zpages = extension('zpages');
const pprof = extension('pprof');

const batch: Preset = {
  key: 'batch',
  texts: (values) => ({ plain: [values.at('presets', 'batch', 'timeout')] }),
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
export function finish(draft: Draft): void {
  for (const signal of signals) {
    for (const last of signal === 'profiles' ? ['routing'] : ['batch', 'routing']) {
      if (draft.has(signal) && draft.includes(signal, 'processors', last)) {
        const others = draft.ids(signal, 'processors').filter((id) => id !== last);
        draft.replace(signal, 'processors', [...others, last]);
      }
    }
    if (draft.has(signal) && draft.includes(signal, 'processors', 'memory_limiter')) {
      draft.replace(signal, 'processors', ['memory_limiter', ...draft.ids(signal, 'processors')]);
    }
  }
  draft.keep((id, pipeline) => {
    const exporters = fieldOf(pipeline, '$pipeline', ['exporters'], ['config', 'service', 'pipelines', id]);
    if (isTrue(exporters) && ['boolean', 'number'].includes(typeof exporters)) {
      const path = ['config', 'service', 'pipelines', id, 'exporters'];
      throw new TemplateError(`error calling len: len of type ${goKind(exporters)}`, 'len $exporters', path);
    }
    return isTrue(exporters);
  });
}

const sections: readonly Section[] = ['processors', 'exporters', 'receivers', 'connectors'];

/** `extraConfig`: components that are added to what the presets make, rather than put in its place. */
const extraConfig: Preset = {
  key: 'extraConfig',
  isOn: (values) => values.has('extraConfig'),
  apply(draft, values) {
    for (const section of sections) {
      for (const [id, settings] of Object.entries(values.mapping('extraConfig', section))) {
        draft.component(section, id, settings);
      }
    }
    const pipelines = values.at('extraConfig', 'service', 'pipelines');
    for (const [id, parts] of Object.entries(isMapping(pipelines) ? pipelines : {}).sort()) {
      for (const [part, added] of Object.entries(isMapping(parts) ? parts : {}).sort()) {
        addTo(draft, id, part, added);
      }
    }
  },
};

function addTo(draft: Draft, id: string, part: string, added: unknown): void {
  const path = ['extraConfig', 'service', 'pipelines', id];
  if (!isTrue(valueAt(draft.settings, 'service', 'pipelines'))) {
    return;
  }
  if (!draft.pipelineIds.includes(id)) {
    const reason = `Cannot create new pipeline ${quote(id)} with extraConfig please use config.service.pipelines`;
    const suggestion = `move it to config.service.pipelines.${id}`;
    throw new TemplateError(reason, undefined, path, suggestion);
  }
  const present = valueAt(draft.get(id), part);
  const entries = Array.isArray(added) ? added : [];
  const existing = isTrue(present) ? wantList(present, 'has', path) : [];
  const repeated: unknown = entries.find((entry) => existing.includes(entry));
  if (repeated !== undefined) {
    const reason = `Pipeline ${quote(id)} already contains component ${quote(printed(repeated))} of type ${quote(part)}`;
    throw new TemplateError(reason, undefined, [...path, part], `remove ${printed(repeated)}`);
  }
  // Two empty lists are nothing when they are put together, and no list any more.
  const both = [...existing, ...entries];
  draft.put(id, part, both.length > 0 ? both : null);
}

const quote = (text: string): string => JSON.stringify(text);

/** Kubelets of Fargate, each asked by a pod beside it. Here the chart's own wins over what the values say by hand. */
const eksFargate: Preset = {
  key: 'eksFargate',
  isOn: (values) => values.distribution === 'eks/fargate',
  texts: (values) => ({ quoted: [values.at('presets', 'eksFargate', 'kubeletStats', 'collectionInterval')] }),
  apply(draft, values) {
    const isMonitor = values.has('presets', 'eksFargate', 'monitoringCollector');
    const pipeline = fargatePipeline(values);
    draft.component('receivers', 'receiver_creator');
    draft.above({
      service: {
        extensions: ['health_check', 'k8s_observer'],
        pipelines: {
          ...(isMonitor ? {} : { 'metrics/kubeletstats': pipeline }),
          'metrics/colmon': pipeline,
        },
      },
    });
  },
};

function fargatePipeline(values: ChartValues): Mapping {
  const detection = values.preset('resourceDetection') ? ['resourcedetection/region', 'resourcedetection/env'] : [];
  const attributes = values.preset('kubernetesAttributes') ? ['k8sattributes'] : [];
  return {
    receivers: ['receiver_creator'],
    processors: ['memory_limiter', 'resource/metadata', ...detection, ...attributes],
    exporters: ['coralogix'],
  };
}

export const operationPresets = {
  fleetManagement,
  k8sResourceAttributes,
  zpages,
  pprof,
  batch,
  extraConfig,
  eksFargate,
};

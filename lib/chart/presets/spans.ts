import { isMapping, valueAt } from '../../yaml/value.ts';
import type { ChartValues } from '../chart-values.ts';
import { isNothing, isTrue, TemplateError } from '../template.ts';
import type { Preset } from './preset.ts';

/** Old names of attributes beside the new ones. */
const semconv: Preset = {
  key: 'semconv',
  apply(draft) {
    draft.component('processors', 'transform/semconv', {
      error_mode: 'ignore',
      trace_statements: [
        {
          context: 'span',
          statements: [
            'set(span.attributes["http.method"], span.attributes["http.request.method"]) where span.attributes["http.request.method"] != nil',
            'set(span.attributes["http.response.status_code"], span.attributes["http.status_code"]) where span.attributes["http.response.status_code"] == nil and span.attributes["http.status_code"] != nil',
          ],
        },
      ],
    });
    draft.append('traces', 'processors', 'transform/semconv');
  },
};

/** Gathers a trace's spans to find the transaction that each belongs to. */
const transactions: Preset = {
  key: 'transactions',
  texts: (values) => ({ plain: [values.at('presets', 'transactions', 'waitDuration')] }),
  apply(draft, values) {
    const wait = values.at('presets', 'transactions', 'waitDuration');
    draft.component('processors', 'groupbytrace/transactions', { wait_duration: wait });
    draft.component('processors', 'coralogix', { transactions: { enabled: true } });
    draft.append('traces', 'processors', 'groupbytrace/transactions', 'coralogix');
  },
};

/** Sends some of the traces only; what is counted by then is counted of all. */
const headSampling: Preset = {
  key: 'headSampling',
  apply(draft, values) {
    const exporter =
      values.has('presets', 'loadBalancing') && values.preset('loadBalancing') ? 'loadbalancing' : 'coralogix';
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
    for (const sent of ['coralogix', 'loadbalancing']) {
      if (draft.has('traces') && draft.includes('traces', 'exporters', sent)) {
        const others = draft.ids('traces', 'exporters').filter((id) => id !== sent);
        draft.replace('traces', 'exporters', others);
      }
    }
    draft.append('traces', 'exporters', 'forward/sampled');
  },
};

const sanitization = 'spanMetricsSanitization';

/** Takes ids and literals out of the names of spans. */
const spanMetricsSanitization: Preset = {
  key: sanitization,
  isOn(values) {
    const preset = values.at('presets', sanitization);
    return isMapping(preset) && Object.keys(preset).length > 0 && isSanitized(values, preset['enabled']);
  },
  apply(draft, values) {
    const databases = values.texts('presets', sanitization, 'sanitizeDatabases');
    draft.component('processors', 'redaction/spanname', {
      allow_all_keys: true,
      url_sanitizer: { enabled: values.at('presets', sanitization, 'sanitize_url') },
      db_sanitizer:
        databases.length === 0
          ? null
          : Object.fromEntries(databases.map((database) => [database, { enabled: true }] as const)),
    });
    if (isTrue(valueAt(draft.settings, 'service', 'pipelines')) && draft.pipelineIds.length === 0) {
      const path = ['config', 'service', 'pipelines'];
      throw new TemplateError('wrong type for value; expected string; got int', '$name', path);
    }
    // The template asks whether `traces` begins with the name, and not the other way around.
    for (const id of draft.pipelineIds.filter((name) => 'traces'.startsWith(name))) {
      const processors = draft.get(id);
      const listed = isMapping(processors) ? draft.ids(id, 'processors') : [];
      draft.replace(id, 'processors', [...listed, 'redaction/spanname']);
    }
  },
};

function isSanitized(values: ChartValues, setting: unknown): boolean {
  const isAuto = isNothing(setting) || (typeof setting === 'string' && setting.toLowerCase().trim() === 'auto');
  if (isAuto) {
    return hasSpanMetrics(values, 'spanMetrics') || hasSpanMetrics(values, 'spanMetricsMulti');
  }
  if (typeof setting === 'boolean') {
    return setting;
  }
  const kind =
    typeof setting === 'string'
      ? `value for presets.${sanitization}.enabled: ${setting}. Expected boolean or "auto".`
      : `type for presets.${sanitization}.enabled: ${typeof setting}`;
  throw new TemplateError(`Unsupported ${kind}`, undefined, ['presets', sanitization, 'enabled']);
}

const hasSpanMetrics = (values: ChartValues, key: string): boolean => values.has('presets', key) && values.preset(key);

export const spanPresets = { semconv, transactions, headSampling, spanMetricsSanitization };

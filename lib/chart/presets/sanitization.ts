import type { ChartValues } from '../chart-values.ts';
import type { Preset } from './preset.ts';

const key = 'spanMetricsSanitization';

/** Takes ids and literals out of the names of spans. */
export const sanitization: Preset = {
  key,
  isOn(values) {
    const told = values.at('presets', key, 'enabled');
    return told === 'auto' || told === null || told === undefined ? hasSpanMetrics(values) : isTrue(told);
  },
  apply(draft, values) {
    draft.component('processors', 'redaction/spanname', {
      allow_all_keys: true,
      url_sanitizer: { enabled: values.at('presets', key, 'sanitize_url') },
    });
    draft.append('traces', 'processors', 'redaction/spanname');
  },
};

const isTrue = (told: unknown): boolean => String(told).trim().toLowerCase() === 'true';

const hasSpanMetrics = (values: ChartValues): boolean =>
  values.preset('spanMetrics') || values.preset('spanMetricsMulti');

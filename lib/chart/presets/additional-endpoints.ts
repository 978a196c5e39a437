import { textAt, valueAt } from '../../yaml/value.ts';
import type { ChartValues } from '../chart-values.ts';

/** Another account that everything is sent to as well. */
export interface AdditionalEndpoint {
  /** What follows `coralogix/` in the exporter's id. */
  readonly name: string;
  readonly domain: string;
  readonly privateKey: string | undefined;
}

/** The accounts that are on: of the exporter's preset, where it names some, else those of all sub-charts. */
export function additionalEndpoints(values: ChartValues, where: 'global' | 'preset'): AdditionalEndpoint[] {
  const own = values.list('presets', 'coralogixExporter', 'additionalEndpoints');
  const shared = valueAt(values.global, 'additionalEndpoints');
  const listed = where === 'preset' && own.length > 0 ? own : shared;
  return (Array.isArray(listed) ? listed : [])
    .filter((entry) => valueAt(entry, 'enabled') === true)
    .map((entry) => {
      const domain = textAt(entry, 'domain') ?? '';
      const name = textAt(entry, 'name') || domain.replace(/^https?:\/\//, '').replace(/[:/.]/g, '_');
      return { domain, name, privateKey: textAt(entry, 'privateKey') };
    });
}

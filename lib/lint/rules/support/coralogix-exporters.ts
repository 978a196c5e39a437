import type { Collector } from '../../../model/collector/collector.ts';
import { componentType } from '../../../pipeline/component.ts';
import { mappingAt, textAt } from '../../../yaml/value.ts';

/** Whether an exporter of a collector sends to Coralogix; other back ends read other names. */
export const sendsToCoralogix = ({ config }: Collector): boolean =>
  Object.entries(mappingAt(config, 'exporters')).some(
    ([id, settings]) =>
      componentType(id) === 'coralogix' || /coralogix|cx498/i.test(textAt(settings, 'endpoint') ?? ''),
  );

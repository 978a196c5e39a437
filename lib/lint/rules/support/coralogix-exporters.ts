import type { Collector } from '../../../model/collector/collector.ts';
import { componentType } from '../../../pipeline/component.ts';
import type { Pipelines } from '../../../pipeline/pipelines.ts';
import { type Mapping, mappingAt, textAt } from '../../../yaml/value.ts';

/** Whether an exporter sends to Coralogix, by its own type or by any protocol. */
export const isCoralogixExporter = (config: Mapping, id: string): boolean =>
  componentType(id) === 'coralogix' || /coralogix|cx498/i.test(textAt(config, 'exporters', id, 'endpoint') ?? '');

/** Whether what comes out of a connector leaves the collector for Coralogix. */
export function feedsCoralogix(pipelines: Pipelines, connector: string): boolean {
  const followed = new Set([connector]);
  for (const id of followed) {
    for (const exporter of pipelines.consumersOf(id).flatMap(({ exporters }) => exporters)) {
      if (pipelines.isConnector(exporter)) {
        followed.add(exporter);
      } else if (isCoralogixExporter(pipelines.config, exporter)) {
        return true;
      }
    }
  }
  return false;
}

/** Whether an exporter of a collector sends to Coralogix; other back ends read other names. */
export const sendsToCoralogix = ({ config }: Collector): boolean =>
  Object.keys(mappingAt(config, 'exporters')).some((id) => isCoralogixExporter(config, id));

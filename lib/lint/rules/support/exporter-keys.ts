import type { Collector } from '../../../model/collector/collector.ts';
import { componentType } from '../../../pipeline/component.ts';
import { mappingAt, textAt } from '../../../yaml/value.ts';

/** Variables that the exporters to Coralogix take their keys from. */
export function keyVariables({ config }: Collector): string[] {
  const exporters = mappingAt(config, 'exporters');
  const names = Object.keys(exporters)
    .filter((id) => componentType(id) === 'coralogix')
    .flatMap((id) => variablesIn(textAt(exporters[id], 'private_key') ?? ''));
  return [...new Set(names)];
}

/** Names in `${env:NAME}` and `${NAME}`, but for those that have a default. */
const variablesIn = (text: string): string[] =>
  [...text.matchAll(/\$\{(?:env:)?([A-Za-z_]\w*)\}/g)].map(([, name = '']) => name);

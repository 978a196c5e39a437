import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { effectiveDimensions } from '../../../lib/chart/effective-dimensions.ts';

/** Dimensions that the chart would have with the values file of the same output: both deliveries promise the same. */
export function effectiveDimensionsOf(dist: string): string[] {
  const values: unknown = parse(readFileSync(join(dist, 'helm', 'coralogix-infra-values.yaml'), 'utf8'));
  return effectiveDimensions(values).map(({ name }) => name);
}

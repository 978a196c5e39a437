import { stringify } from 'yaml';

/**
 * One YAML document in which text stays text for readers of YAML 1.1 (kubectl, helm) and of YAML 1.2 alike.
 * Lines are never folded, so that a change of one value is a change of one line; what occurs twice is written twice.
 */
export const toYaml = (value: unknown): string =>
  stringify(value, { version: '1.1', compat: 'core', lineWidth: 0, aliasDuplicateObjects: false });

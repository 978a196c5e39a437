import { toYaml } from '../../yaml/to-yaml.ts';
import type { HelmRelease } from './helm-release.ts';
import { helmValuesHeader } from './helm-values-header.ts';
import type { OtelIntegrationValues } from './otel-integration-values.ts';

/**
 * A values file: a comment that says what it is for and why, and the values in the order of their keys. Who generates
 * it is not known here; that line goes before it.
 */
export const renderHelmValues = (values: OtelIntegrationValues, release: HelmRelease): string =>
  `${comment(helmValuesHeader(values, release))}\n${toYaml(values)}`;

const comment = (lines: readonly string[]): string => lines.map((line) => `# ${line}`.trimEnd()).join('\n');

import type { Construct } from 'constructs';
import { dimensionProblems } from '../chart/dimension-problems.ts';
import { effectiveDimensions } from '../chart/effective-dimensions.ts';
import { type HelmValuesProps, helmValues } from '../chart/values/helm-values.ts';
import type { OtelIntegrationValues } from '../chart/values/otel-integration-values.ts';
import { type HelmRelease, renderHelmValues } from '../chart/values/values-file.ts';
import { generatedHeader } from '../files/generated-mark.ts';
import { ExtraFile } from './output.ts';

/** Props of `HelmValues`. */
export interface HelmValuesFileProps extends HelmValuesProps, Pick<HelmRelease, 'release' | 'namespace'> {}

/** The values file for the chart `otel-integration`. */
export class HelmValues extends ExtraFile {
  /** Path below the output folder. */
  readonly path = 'helm/coralogix-infra-values.yaml';
  /** The values, as the file holds them. */
  readonly values: OtelIntegrationValues;
  private readonly release: HelmRelease;

  constructor(scope: Construct, id: string, props: HelmValuesFileProps) {
    super(scope, id);
    this.values = helmValues(props);
    this.release = props;
    this.node.addValidation({
      validate: () => dimensionProblems(effectiveDimensions(this.values)).map(({ message }) => message),
    });
  }

  /** The whole file. */
  render(): string {
    return `${generatedHeader}#\n${renderHelmValues(this.values, this.release)}`;
  }
}

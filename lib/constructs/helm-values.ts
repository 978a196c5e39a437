import type { Construct } from 'constructs';
import { helmValues } from '../collector/values/helm-values.ts';
import { renderHelmValues } from '../collector/values/render-helm-values.ts';
import type { SystemConfig } from '../config/schema/system.ts';
import { ExtraFile } from '../synth/extra-file.ts';

/** The values file for the chart `otel-integration`. */
export class HelmValues extends ExtraFile {
  readonly path = 'helm/coralogix-infra-values.yaml';

  constructor(
    scope: Construct,
    id: string,
    private readonly config: SystemConfig,
  ) {
    super(scope, id);
  }

  render(): string {
    return renderHelmValues(helmValues(this.config), this.config);
  }
}

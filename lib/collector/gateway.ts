import type { TailSamplingPolicy } from '../chart/values/otel-integration-values.ts';
import type { CollectorProps } from './collector-props.ts';
import { batch } from './components/batch.ts';
import { healthCheck } from './components/health-check.ts';
import { memoryLimiter } from './components/memory-limiter.ts';
import { otlpReceiver } from './components/otlp-receiver.ts';
import { ownTelemetry } from './components/own-telemetry.ts';
import { tailSampling } from './components/tail-sampling.ts';
import { CollectorConfiguration } from './configuration.ts';
import { pipelineEnd } from './pipeline-end.ts';

export interface GatewayProps extends CollectorProps {
  /** Policies of the `tail_sampling` processor. */
  readonly policies: readonly TailSamplingPolicy[];
}

/** The collector that sees whole traces and decides which are kept. The agents have enriched and counted them. */
export function gatewayConfiguration(props: GatewayProps): CollectorConfiguration {
  const { processors, exporter } = pipelineEnd(props.export);
  return new CollectorConfiguration({
    name: 'gateway',
    extensions: [healthCheck()],
    telemetry: ownTelemetry(),
    pipelines: [
      {
        id: 'traces',
        receivers: [otlpReceiver()],
        processors: [memoryLimiter(), tailSampling(props.policies), ...processors, batch()],
        exporters: [exporter],
      },
    ],
  });
}

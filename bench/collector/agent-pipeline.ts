import { agentConfiguration } from '../../lib/collector/collectors.ts';
import type { Settings } from '../../lib/pipeline/component.ts';
import { chartDimensions } from './chart-components.ts';

/**
 * The agent as the manifests bring it, with the chart's dimensions and plain OTLP for the way out.
 *
 * @param endpoint host and port of the back end, without TLS
 */
export const ourConfiguration = (endpoint: string): Settings =>
  agentConfiguration({
    clusterName: 'bench',
    dimensions: chartDimensions,
    // The exporter of the other way cannot be built here; the chart's is replaced by the same plain OTLP.
    loadBalancing: false,
    export: { type: 'otlp', endpoint, insecure: true },
  }).toObject();

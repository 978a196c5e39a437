import type { Processor } from '../../pipeline/component.ts';

/**
 * Adds `host.name`, `host.id` and `os.type` of the node, and the attributes in `OTEL_RESOURCE_ATTRIBUTES` of the collector.
 * Attributes that the data already has are kept.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/resourcedetectionprocessor
 */
export const resourceDetection = (): Processor => ({
  kind: 'processor',
  id: 'resourcedetection',
  settings: {
    detectors: ['system', 'env'],
    override: false,
    timeout: '2s',
    system: { resource_attributes: { 'host.id': { enabled: true } } },
  },
});

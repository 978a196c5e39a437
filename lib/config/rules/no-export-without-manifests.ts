import type { ConfigRule } from './rule.ts';

/** The chart sends to Coralogix with its own exporter, whatever the value of `collector.export`. */
export const noExportWithoutManifests: ConfigRule = {
  id: 'no-export-without-manifests',
  *check({ system }) {
    const type = system.at('collector', 'export', 'type');
    const delivery = system.at('collector', 'delivery');
    if (type.text() === 'otlp' && delivery.isSound && delivery.text() !== 'manifests') {
      const message = 'collector.export configures the manifests of the collector, but delivery is helm-values';
      yield type.finding(message, 'write: delivery: manifests, or remove collector.export');
    }
  },
};

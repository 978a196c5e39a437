/** The collector that all settings are written for. */
export const collectorImage =
  'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib:0.155.0';

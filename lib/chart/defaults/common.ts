export const on = { enabled: true };

/** How often the chart measures, as its values have it. */
export const interval = '{{.Values.global.collectionInterval}}';

export const metadata = {
  metadata: {
    enabled: true,
    clusterName: '{{.Values.global.clusterName}}',
    integrationName: 'coralogix-integration-helm',
  },
};

/** Pipelines that the chart leaves empty but for the guard of the memory; the presets fill them. */
export const guardedPipelines = (...signals: readonly string[]) => ({
  service: {
    pipelines: Object.fromEntries(
      signals.map((signal) => [signal, { exporters: [], processors: ['memory_limiter'] }] as const),
    ),
  },
});

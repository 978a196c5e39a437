export const on = { enabled: true };
export const off = { enabled: false };

/** How often the chart measures, as its values have it. */
export const interval = '{{.Values.global.collectionInterval}}';

export const clusterNameTemplate = '{{.Values.global.clusterName}}';

export const metadataPreset = {
  enabled: true,
  clusterName: clusterNameTemplate,
  integrationName: 'coralogix-integration-helm',
};

/** Pipelines that the chart leaves empty but for the guard of the memory; the presets fill them. */
export const guardedPipelines = (...signals: readonly string[]) =>
  Object.fromEntries(signals.map((signal) => [signal, { exporters: [], processors: ['memory_limiter'] }] as const));

/** `config` of a sub-chart, with what the collector says of itself. */
export const configuration = (agentType: string | undefined, service: object) => ({
  service: {
    telemetry: {
      ...(agentType === undefined
        ? {}
        : { resource: { 'service.name': 'opentelemetry-collector', 'cx.agent.type': agentType } }),
      logs: { level: '{{ .Values.global.logLevel }}' },
    },
    ...service,
  },
});

/** Variables of every sub-chart: the Send-Your-Data key. */
export const extraEnvs = [
  {
    name: 'CORALOGIX_PRIVATE_KEY',
    valueFrom: { secretKeyRef: { name: 'coralogix-keys', key: 'PRIVATE_KEY' } },
  },
];

export const fleet = (agentType: string) => ({ enabled: true, agentType, clusterName: clusterNameTemplate });

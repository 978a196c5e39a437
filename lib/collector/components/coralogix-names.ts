import type { Processor } from '../../pipeline/component.ts';

/** Where application and subsystem come from: the namespace and the workload, as the chart has it. */
export const applicationNameSources = ['k8s.namespace.name', 'service.namespace'] as const;
export const subsystemNameSources = [
  'k8s.deployment.name',
  'k8s.statefulset.name',
  'k8s.daemonset.name',
  'k8s.cronjob.name',
  'service.name',
] as const;

/** The names for data that was not enriched. */
export const defaultApplicationName = 'otel';
export const defaultSubsystemName = 'integration';

/**
 * Application and subsystem as resource attributes, for an exporter that does not set them itself. `insert` leaves
 * alone what is there, so the first source that exists wins.
 *
 * @see https://coralogix.com/docs/opentelemetry/configuration-options/otel-collector-for-k8s/
 */
export const coralogixNames = (): Processor => ({
  kind: 'processor',
  id: 'resource/coralogix',
  settings: {
    attributes: [
      ...inserted('cx.application.name', applicationNameSources, defaultApplicationName),
      ...inserted('cx.subsystem.name', subsystemNameSources, defaultSubsystemName),
    ],
  },
});

const inserted = (key: string, sources: readonly string[], fallback: string) => [
  ...sources.map((source) => ({ key, from_attribute: source, action: 'insert' })),
  { key, value: fallback, action: 'insert' },
];

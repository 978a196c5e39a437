import { z } from 'zod';
import type { Settings } from '../../lib/pipeline/component.ts';

const component = z.looseObject({}).readonly();
const section = z.record(z.string(), component).default({});
const ids = z.array(z.string());

const shape = z.object({
  receivers: section,
  processors: section,
  connectors: section,
  exporters: section,
  extensions: section,
  service: z.object({
    extensions: ids.default([]),
    pipelines: z.record(z.string(), z.object({ receivers: ids, processors: ids, exporters: ids })),
    telemetry: component.optional(),
  }),
});

/** A whole configuration of a collector. */
export type CollectorSettings = z.output<typeof shape>;

const typeOf = (id: string): string => id.split('/', 1)[0] ?? id;

/** What the test bed's collector has none of. */
const notBuilt = ['hostmetrics', 'kubeletstats'];

/** Beside its credentials: the first span must not come before the first answer of the API server. */
const outsideOfPod = { auth_type: 'kubeConfig', wait_for_metadata: true };

/** The same configuration with what runs here: without receivers that cannot be built, and outside a pod. */
export function forTestBed(settings: Settings): CollectorSettings {
  const { receivers, processors, service, ...rest } = shape.parse(settings);
  const isBuilt = (id: string) => !notBuilt.includes(typeOf(id));
  return {
    ...rest,
    receivers: Object.fromEntries(Object.entries(receivers).filter(([id]) => isBuilt(id))),
    processors: Object.fromEntries(
      Object.entries(processors).map(([id, it]) => [
        id,
        typeOf(id) === 'k8sattributes' ? { ...it, ...outsideOfPod } : it,
      ]),
    ),
    service: {
      ...service,
      pipelines: Object.fromEntries(
        Object.entries(service.pipelines).map(([id, it]) => [id, { ...it, receivers: it.receivers.filter(isBuilt) }]),
      ),
    },
  };
}

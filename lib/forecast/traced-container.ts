import { type Collector, makesSpanMetrics } from '../model/collector/collector.ts';
import type { Model } from '../model/model.ts';
import { otlpSettings } from '../model/network/otlp-settings.ts';
import { resolveEndpoint } from '../model/network/resolve.ts';
import { resourceAttributesOf } from '../model/spans/resource-attributes.ts';
import type { Container, Workload } from '../model/workload.ts';

/** A container that sends spans, and the collector that counts them. */
export interface TracedContainer {
  readonly workload: Workload;
  readonly container: Container;
  /** `service.name`, or the name of the workload where no variable says it. */
  readonly service: string;
  /** Attributes that its SDK is told. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Undefined where no span metrics are made of its spans. */
  readonly collector: Collector | undefined;
  /** Why that collector, or why none; undefined where its endpoint leads to it. */
  readonly because: string | undefined;
}

/** All of them, in the order of the manifests. */
export function tracedContainers(model: Model): TracedContainer[] {
  const counting = model.collectors.filter(makesSpanMetrics);
  const collecting = new Set(
    model.collectors.filter(({ fromValues }) => !fromValues).map(({ namespace, title }) => `${namespace}/${title}`),
  );
  return model.workloads
    .filter(({ namespace, title }) => !collecting.has(`${namespace}/${title}`))
    .flatMap((workload) =>
      workload.containers.flatMap((container): TracedContainer[] => {
        const environment = model.environment(workload, container);
        const attributes = resourceAttributesOf(environment);
        const { endpointVariable, endpoint } = otlpSettings(environment);
        if (!attributes.has('service.name') && endpointVariable === undefined) {
          return [];
        }
        const answer = endpoint && resolveEndpoint(model, workload, endpoint);
        const found =
          answer?.kind === 'collector'
            ? counted(answer.collector)
            : answer === undefined || answer.kind === 'unknown'
              ? assumed(counting)
              : { collector: undefined, because: 'its endpoint leads to no collector: podhost explain says why' };
        return [
          { workload, container, service: attributes.get('service.name') ?? workload.name, attributes, ...found },
        ];
      }),
    );
}

type Found = Pick<TracedContainer, 'collector' | 'because'>;

const counted = (collector: Collector): Found =>
  makesSpanMetrics(collector)
    ? { collector, because: undefined }
    : { collector: undefined, because: `${collector.title} makes no span metrics` };

/** Where the endpoint is not known, the one collector that there is must be it. */
function assumed([only, ...others]: readonly Collector[]): Found {
  return only === undefined || others.length > 0
    ? { collector: undefined, because: 'what was read does not tell which collector its spans go to' }
    : { collector: only, because: `what was read does not tell its endpoint: ${only.title} is taken to be it` };
}

import type { Collector } from '../model/collector/collector.ts';
import type { Listener } from '../model/collector/listener.ts';
import type { Variable } from '../model/environment/variable.ts';
import type { Model } from '../model/model.ts';
import { type OtlpSettings, otlpSettings } from '../model/network/otlp-settings.ts';
import { type Answer, resolveEndpoint } from '../model/network/resolve.ts';
import { listenerAt } from '../model/spans/listener-at.ts';
import { resourceAttributesOf } from '../model/spans/resource-attributes.ts';
import { spanExports } from '../model/spans/span-export.ts';
import type { Container, Workload } from '../model/workload.ts';
import { collectorChain } from './collector-chain.ts';
import type { Sender } from './senders.ts';

/** Everything about the spans of one service that the steps are told from. */
export interface Route {
  readonly model: Model;
  readonly service: string;
  readonly workload: Workload;
  readonly container: Container;
  readonly environment: ReadonlyMap<string, Variable>;
  readonly settings: OtlpSettings;
  /** Attributes that the SDK puts on every span's resource, with what the cluster fills in as `<…>`. */
  readonly attributes: ReadonlyMap<string, string>;
  /** What answers at the endpoint; undefined where there is no endpoint. */
  readonly answer: Answer | undefined;
  readonly collector: Collector | undefined;
  /** What of the collector takes what is sent to the endpoint's port. */
  readonly listener: Listener | undefined;
  /** The collector and those that it hands spans on to, in order. */
  readonly chain: readonly Collector[];
}

/** The route of the spans of a container. */
export function routeFrom(model: Model, { service, workload, container }: Sender): Route {
  const environment = model.environment(workload, container);
  const attributes = resourceAttributesOf(environment);
  const settings = otlpSettings(environment);
  // That knows of collectors in the pod itself, but not of what is switched off.
  const exported = spanExports(model).find((span) => span.container === container);
  const answer = exported?.answer ?? (settings.endpoint && resolveEndpoint(model, workload, settings.endpoint));
  const collector = answer?.kind === 'collector' ? answer.collector : undefined;
  const listener = answer?.kind === 'collector' ? listenerAt(answer, settings.endpoint?.port) : undefined;
  const chain = collector === undefined ? [] : collectorChain(model, collector);
  return {
    model,
    service,
    workload,
    container,
    environment,
    settings,
    attributes,
    answer,
    collector,
    listener,
    chain,
  };
}

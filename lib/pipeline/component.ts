import { remembered } from '../text/remembered.ts';

/** Settings of one component, in the collector's own words. */
export type Settings = { readonly [key: string]: unknown };

export type ComponentKind = 'receiver' | 'processor' | 'connector' | 'exporter' | 'extension';

/**
 * One configured component of a collector.
 *
 * @see https://opentelemetry.io/docs/collector/configuration/
 */
export interface Component<Kind extends ComponentKind = ComponentKind> {
  readonly kind: Kind;
  /** `type`, or `type/name` where a type is used more than once. */
  readonly id: string;
  readonly settings: Settings;
}

export type Receiver = Component<'receiver'>;
export type Processor = Component<'processor'>;
export type Connector = Component<'connector'>;
export type Exporter = Component<'exporter'>;
export type Extension = Component<'extension'>;

/** `batch` of `batch/traces`. The collector knows some types by two names. */
export const componentType = remembered((id): string => {
  const slash = id.indexOf('/');
  const type = slash < 0 ? id : id.slice(0, slash);
  return renamed.get(type) ?? type;
});

/** Newer names of component types, and those that configurations in the field have. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['k8s_attributes', 'k8sattributes'],
  ['span_metrics', 'spanmetrics'],
  ['otlp_grpc', 'otlp'],
  ['otlp_http', 'otlphttp'],
  ['host_metrics', 'hostmetrics'],
  ['kubelet_stats', 'kubeletstats'],
  ['group_by_trace', 'groupbytrace'],
  ['load_balancing', 'loadbalancing'],
  ['resource_detection', 'resourcedetection'],
]);

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

/** What kind of component it is, e.g. `batch` of `batch/traces`. */
export const typeOf = ({ id }: Component): string => id.split('/', 1)[0] ?? id;

export const isType = (component: Component, ...types: readonly string[]): boolean => types.includes(typeOf(component));

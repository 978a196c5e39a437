import type { Path } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';

/** Where a variable's value comes from. */
export type VariableOrigin =
  | { readonly kind: 'literal' }
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'configMap' | 'secret'; readonly name: string; readonly key: string; readonly optional: boolean }
  | { readonly kind: 'resource' }
  /** A property of a JVM, on its command line or in the variable that carries it. */
  | { readonly kind: 'property'; readonly property: string; readonly carrier: Variable | undefined }
  /** Added by the OpenTelemetry operator from an object where its value stands. */
  | { readonly kind: 'operator'; readonly manifest: Manifest; readonly path: Path }
  | { readonly kind: 'nothing' };

/** A variable of a container as the process will see it. */
export interface Variable {
  readonly name: string;
  /**
   * Its value; what only the cluster knows stands as `<metadata.name>` or `<secret NAME/KEY>`.
   *
   * Undefined where a reference leads to something that was not read.
   */
  readonly value: string | undefined;
  /** As written, before expansion. */
  readonly written: string | undefined;
  readonly origin: VariableOrigin;
  /** Where it is declared in the workload's manifest: its entry in `env` or in `envFrom`. */
  readonly path: Path;
  /** Names in `$(NAME)` that stand in it and were not replaced. */
  readonly unexpanded: readonly string[];
}

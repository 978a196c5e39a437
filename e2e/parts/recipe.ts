export type BuiltPart =
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kubectl'
  | 'kwok'
  | 'otelcol'
  | 'helm'
  | 'prometheus'
  | 'telemetrygen';

/** Where one build happens: everything in `directory` is kept when it succeeds and thrown away when it fails. */
export interface Workshop {
  readonly directory: string;
  readonly bin: string;
  readonly log: string;
}

export interface Recipe {
  readonly name: string;
  readonly version: string;
  readonly makes: readonly BuiltPart[];
  /** Of a cold build on two cores, downloads included. */
  readonly minutes: number;
  /** All that decides what comes out, beside the Go toolchain. */
  readonly inputs: readonly string[];
  build(workshop: Workshop): Promise<void>;
}

import type { Located } from '../../reading/located.ts';

/** An entry of `collector.spanMetrics.dimensions`. */
export interface Dimension {
  readonly value: Located;
  readonly name: string;
}

export const dimensionsOf = (system: Located): Dimension[] =>
  system
    .at('collector', 'spanMetrics', 'dimensions')
    .items()
    .flatMap((value) => {
      const name = value.text();
      return name === undefined ? [] : [{ value, name }];
    });

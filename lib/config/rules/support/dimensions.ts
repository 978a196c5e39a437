import type { Located } from '../../reading/located.ts';

/** An entry of `collector.spanMetrics.dimensions`. */
export interface WrittenDimension {
  readonly value: Located;
  readonly name: string;
}

export const configuredDimensions = (system: Located): WrittenDimension[] =>
  system
    .at('collector', 'spanMetrics', 'dimensions')
    .items()
    .flatMap((value) => {
      const name = value.text();
      return name === undefined ? [] : [{ value, name }];
    });

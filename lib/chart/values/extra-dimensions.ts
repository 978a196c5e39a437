import { chartDefaultDimensions, errorTrackingDimensions } from '../dimensions.ts';

/**
 * The list for `spanMetrics.extraDimensions` with which the collector has the wanted dimensions and loses none of the
 * chart's: Helm replaces lists, so the chart's own are in it, and what the chart appends by itself is not.
 *
 * @param wanted dimensions without clashes, in any order
 */
export function extraDimensionsFor(wanted: readonly string[]): string[] {
  const appended = new Set<string>(errorTrackingDimensions);
  return [...new Set([...chartDefaultDimensions, ...wanted])].filter((name) => !appended.has(name));
}

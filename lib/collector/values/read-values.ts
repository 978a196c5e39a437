/** What stands at a path of somebody's values; `undefined` where the path leads nowhere. */
export const valueAt = (values: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined), values);

/**
 * Whether a part of the values is on.
 *
 * @param part what holds the key `enabled`
 * @param chartDefault what the chart has when the values do not say; `enabled: null` removes that, which means off
 */
export function switchAt(part: unknown, chartDefault: boolean): boolean {
  const enabled = valueAt(part, 'enabled');
  return enabled === undefined ? chartDefault : enabled === true;
}

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

import { isType } from '../../pipeline/component.ts';
import type { CollectorConfiguration } from '../configuration.ts';

/** @throws Error when spans would be counted by more than one of the collectors that they pass */
export function onOneTier(configurations: readonly CollectorConfiguration[]): void {
  const counting = configurations.filter(({ components }) =>
    components.some((component) => isType(component, 'spanmetrics')),
  );
  if (counting.length > 1) {
    const names = counting.map(({ name }) => name).join(' and ');
    throw new Error(`${names} count the same spans: keep spanmetrics on the agent alone`);
  }
}

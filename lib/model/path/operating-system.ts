import { isTrue } from '../../chart/template.ts';
import { textAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import { collectorWorkload } from '../spans/collector-container.ts';

/** Labels of nodes with the name of their operating system. */
const labels = ['kubernetes.io/os', 'beta.kubernetes.io/os'];

/** The operating system of the nodes that a pod runs on, e.g. `windows`; undefined where it names none. */
export const systemOf = (podSpec: unknown): string | undefined =>
  textAt(podSpec, 'os', 'name') ??
  labels.map((label) => textAt(podSpec, 'nodeSelector', label)).find((name) => name !== undefined);

/** The operating system that a collector runs on; undefined where it names none. */
export function systemOfCollector(model: Model, collector: Collector): string | undefined {
  const values = collector.rendered?.values.all;
  return values === undefined
    ? systemOf(collectorWorkload(model, collector)?.podTemplate['spec'])
    : isTrue(values['isWindows'])
      ? 'windows'
      : // The image of the chart is one for Linux.
        (systemOf(values) ?? 'linux');
}

import { componentType } from '../model/collector/collector.ts';
import { tracesPipelines } from '../model/spans/traces.ts';
import { isMapping, listAt, type Mapping, textAt, valueAt } from '../model/value.ts';
import type { Workload } from '../model/workload.ts';
import { type ResourceLabel, type ResourceLabels, scopeOf } from './label.ts';
import type { TracedContainer } from './traced-container.ts';

/** Attributes of the resource of a container's spans when they are counted: the SDK's and the collector's. */
export function resourceOf({ workload, attributes, collector }: TracedContainer): ResourceLabels {
  const labels = new Map<string, ResourceLabel>();
  // The SDKs make one up at every start of a process, unless they are told.
  labels.set('service.instance.id', { scope: 'process', value: '' });
  for (const [name, value] of attributes) {
    labels.set(name, { scope: scopeOf(name === 'service.instance.id' ? '' : name, value), value });
  }
  const pipelines = collector === undefined ? [] : tracesPipelines(collector);
  for (const { processors } of pipelines.slice(0, 1)) {
    for (const id of processors) {
      for (const [name, value] of added(id, collector?.config ?? {}, workload)) {
        const before = labels.get(name);
        const scope = scopeOf(name, value);
        labels.set(name, before === undefined || scope !== 'service' ? { scope, value } : before);
      }
    }
  }
  return labels;
}

/** Attributes that a processor puts on the resource, with the values that manifests tell. */
function added(id: string, config: Mapping, workload: Workload): [string, string][] {
  const settings = valueAt(config, 'processors', id);
  switch (componentType(id)) {
    case 'k8sattributes':
      return extracted(settings)
        .filter((name) => (owners.get(name) ?? [workload.kind]).includes(workload.kind))
        .map((name) => [name, known(name, workload)]);
    case 'resource':
      return listAt(settings, 'attributes').flatMap((action): [string, string][] => {
        const key = textAt(action, 'key');
        return key === undefined ? [] : [[key, textAt(action, 'value') ?? '']];
      });
    case 'resourcedetection':
      return listAt(settings, 'detectors').includes('system')
        ? ['host.name', 'host.id', 'os.type'].map((name) => [name, ''])
        : [];
    default:
      return [];
  }
}

/** Whose pods have the name of an owner. */
const owners: ReadonlyMap<string, readonly string[]> = new Map([
  ['k8s.deployment.name', ['Deployment']],
  ['k8s.statefulset.name', ['StatefulSet']],
  ['k8s.daemonset.name', ['DaemonSet']],
  ['k8s.cronjob.name', ['CronJob']],
  ['k8s.job.name', ['Job', 'CronJob']],
]);

const usuallyExtracted = ['k8s.namespace.name', 'k8s.deployment.name', 'k8s.node.name', 'k8s.pod.name', 'k8s.pod.uid'];

function extracted(settings: unknown): readonly string[] {
  const listed = isMapping(settings) ? listAt(settings, 'extract', 'metadata') : [];
  const names = listed.flatMap((name) => textAt({ name }, 'name') ?? []);
  return names.length > 0 ? names : usuallyExtracted;
}

const known = (name: string, { namespace, name: workload }: Workload): string =>
  name === 'k8s.namespace.name' ? namespace : name === 'k8s.deployment.name' ? workload : '';

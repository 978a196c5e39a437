import { type Path, textAt, valueAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import type { PlacedProblem } from '../collector/part.ts';
import type { Model } from '../model.ts';
import { type InstalledCollector, installedBy } from '../values/integration-values.ts';

interface HostAccess {
  readonly path: Path;
  readonly what: string;
  readonly write: string;
}

const isLog = (hostPath: string): boolean => /^\/var\/log(\/|$)/.test(hostPath);

const volume = (path: Path, name: string, hostPath: string): HostAccess => ({
  path,
  what: `the volume ${name} mounts ${hostPath} of the node`,
  write: 'no path of the node, or one below /var/log with readOnly: true',
});

/** What a collector wants of its node and GKE Autopilot refuses. */
export function refusedAccess(model: Model, collector: Collector): PlacedProblem[] {
  const installed = installedBy(model).get(collector);
  return installed?.values.distribution === 'gke/autopilot' && collector.onEveryNode ? refused(installed) : [];
}

function refused({ document, path, values }: InstalledCollector): PlacedProblem[] {
  const preset = (name: string, what: string): HostAccess[] =>
    values.preset(name)
      ? [{ path: ['presets', name, 'enabled'], what: `the preset ${name} ${what}`, write: 'enabled: false' }]
      : [];
  const found = [
    ...(values.has('hostNetwork')
      ? [{ path: ['hostNetwork'], what: 'hostNetwork uses the network of the node', write: 'hostNetwork: false' }]
      : []),
    ...preset('hostMetrics', 'mounts the file system of the node'),
    ...preset('ebpfProfiler', 'needs a privileged container'),
    ...preset('resourceDetection', 'mounts /etc/machine-id of the node'),
    ...(values.preset('logsCollection') && values.has('presets', 'logsCollection', 'storeCheckpoints')
      ? [
          {
            path: ['presets', 'logsCollection', 'storeCheckpoints'],
            what: 'storeCheckpoints mounts a path of the node for writing',
            write: 'storeCheckpoints: false',
          },
        ]
      : []),
    ...values.list('extraHostPathMounts').flatMap((mount, index): HostAccess[] => {
      const hostPath = textAt(mount, 'hostPath') ?? '';
      return isLog(hostPath) && valueAt(mount, 'readOnly') === true
        ? []
        : [volume(['extraHostPathMounts', index], textAt(mount, 'name') ?? '', hostPath)];
    }),
    ...values.list('extraVolumes').flatMap((entry, index): HostAccess[] => {
      const hostPath = textAt(entry, 'hostPath', 'path');
      const name = textAt(entry, 'name');
      const mounts = values.list('extraVolumeMounts').filter((mount) => textAt(mount, 'name') === name);
      const isReadOnly = mounts.every((mount) => valueAt(mount, 'readOnly') === true);
      return hostPath === undefined || (isReadOnly && isLog(hostPath))
        ? []
        : [volume(['extraVolumes', index], name ?? '', hostPath)];
    }),
  ];
  const isThere = (at: Path) => valueAt(document.value, ...path, ...at) !== undefined;
  const written = found.filter((each) => isThere(each.path));
  const rest = found.filter((each) => !isThere(each.path));
  return [
    ...written.map((each) => ({
      message: `${each.what}, which GKE Autopilot refuses: ${path.join('.')} gets no pods`,
      place: document.place([...path, ...each.path]),
      suggestion: `write: ${each.write}`,
    })),
    ...(rest.length === 0
      ? []
      : [
          {
            message: `GKE Autopilot refuses the pods of ${path.join('.')}: ${rest.map(({ what }) => what).join(', ')}`,
            place: document.place([...path, 'distribution']),
            suggestion: `write below ${path.join('.')}: ${rest.map((each) => nested(each)).join(', ')}`,
          },
        ]),
  ];
}

const nested = ({ path, write }: HostAccess): string => [...path.slice(0, -1), write].join('.');

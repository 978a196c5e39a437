import type { Model } from '../../model/model.ts';
import { type Path, textAt, valueAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { type InstalledCollector, installedCollectors } from './support/integration-values.ts';

export const noHostAccessOnAutopilot: Rule = {
  id: 'no-host-access-on-autopilot',
  severity: 'error',
  documentation: {
    summary: 'Reports settings of the agent that GKE Autopilot does not admit.',
    why: 'Autopilot rejects pods that use the network of the node, mount a path of it for writing, or mount any other than `/var/log`. The admission refuses the DaemonSet’s pods, so that there is no agent at all: spans sent to it are lost, and POD and HOST tabs are empty.',
    remediation:
      'Switch off what needs the node, as the values file of the chart for Autopilot does, and let applications send to the Service of the agent.',
    example: `opentelemetry-agent:
  distribution: gke/autopilot
  hostNetwork: false
  service: { enabled: true }
  extraVolumes: []
  extraVolumeMounts: []
  presets:
    hostMetrics: { enabled: false }
    hostEntityEvents: { enabled: false }
    resourceDetection: { enabled: false }
    logsCollection: { enabled: true, storeCheckpoints: false }`,
    see: [
      'https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/gke-autopilot-values.yaml',
      'https://cloud.google.com/kubernetes-engine/docs/concepts/autopilot-security',
    ],
  },
  check: (model: Model) =>
    installedCollectors(model)
      .filter(({ values, collector }) => values.distribution === 'gke/autopilot' && collector.onEveryNode)
      .flatMap(refused),
};

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

function refused({ document, path, values }: InstalledCollector): RuleFinding[] {
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

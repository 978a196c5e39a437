import { startFaultsBy } from '../../model/start/start-faults.ts';
import type { Rule } from '../rule.ts';

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
  check: (model) => startFaultsBy(model, 'refused-access'),
};

import { startFaultsBy } from '../../model/start/start-faults.ts';
import type { Rule } from '../rule.ts';

export const noForbiddenNodeDetector: Rule = {
  id: 'no-forbidden-node-detector',
  severity: 'error',
  documentation: {
    summary: 'Reports the detector k8snode, in newer collectors k8s_api, where the collector may not get nodes.',
    why: 'The detector asks the API server for the collector’s own node when the collector starts, and the collector does not start when that fails. With `provider: on-prem` the chart adds it to every collector, but lets only those get nodes that have one of `kubeletMetrics`, `kubernetesExtraMetrics`, `kubernetesApiServerMetrics` or `clusterMetrics` on. The gateway has none: it crash-loops, and the agents’ traces pile up.',
    remediation: 'Name the detectors without k8snode. The name of the node comes from the environment all the same.',
    example: `opentelemetry-gateway:
  provider: on-prem
  presets:
    resourceDetection:
      detectors:
        env: [env, system]`,
    see: [
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/resourcedetectionprocessor',
    ],
  },
  check: (model) => startFaultsBy(model, 'node-detector'),
};

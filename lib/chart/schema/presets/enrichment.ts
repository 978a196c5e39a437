import { exactlyOneOf, type Keys, keys, listOf, listOrNull, oneOf, switched, text, texts, toggle } from '../shape.ts';

const provider = oneOf('', 'aws', 'azure', 'gcp', 'on-prem');
const denied = listOf(exactlyOneOf(text, keys({ key: text, condition: text }, { required: ['key'] })));
const labels = listOf(keys({ tag_name: text, key: text, from: text }));

/** Presets that say of data where it comes from. */
export const enrichmentPresets: Keys = {
  kubernetesAttributes: switched({
    extractAllPodLabels: toggle,
    extractAllPodAnnotations: toggle,
    podUid: switched(),
    podStartTime: switched(),
    nodeFilter: switched(),
  }),
  resourceDetection: switched({
    pipeline: oneOf('all', 'metrics', 'traces', 'profiles', 'none'),
    provider,
    detectors: keys({ env: listOrNull(text), cloud: texts }),
    region: switched(),
    k8sNodeName: switched(),
    dbusMachineId: switched(),
    deploymentEnvironmentName: text,
  }),
  metadata: switched({ clusterName: text, integrationName: text }),
  k8sResourceAttributes: switched({ agentType: text }),
  reduceResourceAttributes: switched({
    pipelines: listOf(oneOf('metrics', 'traces', 'logs', 'profiles', 'all')),
    provider,
    denylist: keys({ metrics: denied, traces: denied, logs: denied }),
  }),
  profilesCollection: switched({ serviceLabels: labels, serviceAnnotations: labels }),
  profilesK8sAttributes: switched({ serviceLabels: labels, serviceAnnotations: labels }),
};

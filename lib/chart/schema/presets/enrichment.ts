import {
  choiceOf,
  exactlyOneOf,
  type Keys,
  keys,
  listOf,
  listOrNull,
  switched,
  textShape,
  texts,
  toggle,
} from '../shape.ts';

const provider = choiceOf('', 'aws', 'azure', 'gcp', 'on-prem');
const denied = listOf(exactlyOneOf(textShape, keys({ key: textShape, condition: textShape }, { required: ['key'] })));
const labels = listOf(keys({ tag_name: textShape, key: textShape, from: textShape }));

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
    pipeline: choiceOf('all', 'metrics', 'traces', 'profiles', 'none'),
    provider,
    detectors: keys({ env: listOrNull(textShape), cloud: texts }),
    region: switched(),
    k8sNodeName: switched(),
    dbusMachineId: switched(),
    deploymentEnvironmentName: textShape,
  }),
  metadata: switched({ clusterName: textShape, integrationName: textShape }),
  k8sResourceAttributes: switched({ agentType: textShape }),
  reduceResourceAttributes: switched({
    pipelines: listOf(choiceOf('metrics', 'traces', 'logs', 'profiles', 'all')),
    provider,
    denylist: keys({ metrics: denied, traces: denied, logs: denied }),
  }),
  profilesCollection: switched({ serviceLabels: labels, serviceAnnotations: labels }),
  profilesK8sAttributes: switched({ serviceLabels: labels, serviceAnnotations: labels }),
};

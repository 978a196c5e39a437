/** What every sub-chart reads where values say nothing. */
export const globalDefaults = {
  domain: '',
  clusterName: '',
  defaultApplicationName: 'otel',
  defaultSubsystemName: 'integration',
  collectionInterval: '30s',
  deploymentEnvironmentName: '',
};

/** Where the nodes run. Without it the chart tries the region detectors of every cloud at each start. */
export type Provider = 'on-prem' | 'aws' | 'gcp' | 'azure';

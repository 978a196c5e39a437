import type { TestProject } from 'vitest/node';
import { setUp } from '../support/shared-cluster.ts';
import { type ConfigChange, indexOf } from '../support/system-config.ts';
import { collectorContainer } from './names.ts';

/** The collector as manifests that send to Coralogix, and pods of one service on both nodes. */
const change: ConfigChange = [
  [['collector', 'delivery'], 'manifests'],
  [['collector', 'loadBalancing', 'enabled'], false],
  [['services', indexOf('query-service'), 'replicas'], 2],
];

export default (project: TestProject): Promise<() => Promise<void>> =>
  setUp(project, () => change, [collectorContainer]);

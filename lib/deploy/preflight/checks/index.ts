import type { Check, Facility } from '../check.ts';
import { certificateCheck } from './certificate.ts';
import { chartCheck } from './chart.ts';
import { clusterCheck } from './cluster.ts';
import { distCheck } from './dist.ts';
import { dockerCheck } from './docker.ts';
import { domainCheck } from './domain.ts';
import { earlierCheck } from './earlier.ts';
import { foreignObjectsCheck } from './foreign-objects.ts';
import { helmCheck } from './helm.ts';
import { hostCheck } from './host.ts';
import { hostPortsCheck } from './host-ports.ts';
import { k3sCheck } from './k3s.ts';
import { kindsCheck } from './kinds.ts';
import { kubectlCheck } from './kubectl.ts';
import { lintCheck } from './lint.ts';
import { nodePortsCheck } from './node-ports.ts';
import { nodesCheck } from './nodes.ts';
import { operatorCheck } from './operator.ts';
import { podSecurityCheck } from './pod-security.ts';
import { refusedChangesCheck } from './refused-changes.ts';
import { rightsCheck } from './rights.ts';
import { secretsCheck } from './secrets.ts';
import { serverVersionCheck } from './server-version.ts';
import { servicePortsCheck } from './service-ports.ts';
import { storageCheck } from './storage.ts';
import { taintsCheck } from './taints.ts';

/** What finds out whether something is there that others need. */
export const gates: Readonly<Record<Facility, Check>> = {
  dist: distCheck,
  kubectl: kubectlCheck,
  helm: helmCheck,
  host: hostCheck,
  cluster: clusterCheck,
};

/** All checks, in the order in which what they find is told. */
export const checks: readonly Check[] = [
  ...Object.values(gates),
  domainCheck,
  lintCheck,
  k3sCheck,
  hostPortsCheck,
  dockerCheck,
  serverVersionCheck,
  rightsCheck,
  kindsCheck,
  nodesCheck,
  taintsCheck,
  storageCheck,
  podSecurityCheck,
  earlierCheck,
  operatorCheck,
  nodePortsCheck,
  servicePortsCheck,
  foreignObjectsCheck,
  refusedChangesCheck,
  secretsCheck,
  certificateCheck,
  chartCheck,
];

import type { Check, Facility } from '../../preflight/check.ts';
import { nodesCheck, serverVersionCheck } from '../../preflight/cluster-checks.ts';
import { rightsCheck } from '../../preflight/permissions-check.ts';
import { clusterCheck, distCheck, helmCheck, hostCheck, kubectlCheck } from '../../preflight/prerequisites.ts';
import { foreignObjectsCheck } from '../apply/existing-objects.ts';
import { kindsCheck } from '../apply/kinds-check.ts';
import { certificateCheck, servicePortsCheck } from '../apply/network-checks.ts';
import { refusedChangesCheck } from '../apply/refused-changes-check.ts';
import { storageCheck, taintsCheck } from '../apply/scheduling-checks.ts';
import { nodePortsCheck } from '../collector/agent-ports-check.ts';
import { chartCheck } from '../collector/chart-check.ts';
import { domainCheck, lintCheck } from '../collector/configuration-checks.ts';
import { earlierCheck } from '../collector/legacy-check.ts';
import { dockerCheck } from '../images/docker-check.ts';
import { hostPortsCheck } from '../k3s/host-ports-check.ts';
import { k3sCheck } from '../k3s/step.ts';
import { operatorCheck } from '../operator/step.ts';
import { podSecurityCheck } from '../secrets/namespaces-check.ts';
import { secretsCheck } from '../secrets/secrets-check.ts';

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

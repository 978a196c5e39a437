import type { Check, Facility } from '../../preflight/check.ts';
import { nodesCheck } from '../../preflight/cluster-checks.ts';
import { distCheck } from '../../preflight/dist.ts';
import { helmCheck } from '../../preflight/helm.ts';
import { hostCheck } from '../../preflight/host.ts';
import { kubectlCheck } from '../../preflight/kubectl.ts';
import { rightsCheck } from '../../preflight/permissions-check.ts';
import { clusterCheck } from '../../preflight/prerequisites.ts';
import { serverVersionCheck } from '../../preflight/server-version.ts';
import { certificateCheck } from '../apply/certificate.ts';
import { foreignObjectsCheck } from '../apply/existing-objects.ts';
import { kindsCheck } from '../apply/kinds-check.ts';
import { servicePortsCheck } from '../apply/network-checks.ts';
import { refusedChangesCheck } from '../apply/refused-changes-check.ts';
import { storageCheck } from '../apply/scheduling-checks.ts';
import { taintsCheck } from '../apply/taints.ts';
import { nodePortsCheck } from '../collector/agent-ports-check.ts';
import { chartCheck } from '../collector/chart-check.ts';
import { lintCheck } from '../collector/configuration-checks.ts';
import { domainCheck } from '../collector/domain.ts';
import { earlierCheck } from '../collector/legacy-check.ts';
import { dockerCheck } from '../images/docker-check.ts';
import { hostPortsCheck } from '../k3s/host-ports-check.ts';
import { k3sCheck } from '../k3s/k3s-check.ts';
import { operatorCheck } from '../operator/operator-check.ts';
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

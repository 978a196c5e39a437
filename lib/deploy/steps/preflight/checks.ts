import { nodesCheck, serverVersionCheck } from '../../preflight/cluster-checks.ts';
import { permissionsCheck } from '../../preflight/permissions-check.ts';
import type { Check, Prerequisite } from '../../preflight/preflight-context.ts';
import { clusterCheck, distCheck, helmCheck, hostCheck, kubectlCheck } from '../../preflight/prerequisites.ts';
import { foreignObjectsCheck } from '../apply/foreign-objects-check.ts';
import { immutableFieldsCheck } from '../apply/immutable-fields-check.ts';
import { kindsCheck } from '../apply/kinds-check.ts';
import { certificateSecretCheck, servicePortsCheck } from '../apply/network-checks.ts';
import { refusedChangesCheck } from '../apply/refused-changes-check.ts';
import { storageCheck, taintsCheck } from '../apply/scheduling-checks.ts';
import { agentPortsCheck } from '../collector/agent-ports-check.ts';
import { chartCheck } from '../collector/chart-check.ts';
import { domainCheck, lintCheck } from '../collector/configuration-checks.ts';
import { legacyCheck } from '../collector/legacy-check.ts';
import { dockerCheck } from '../images/docker-check.ts';
import { hostPortsCheck } from '../k3s/host-ports-check.ts';
import { k3sCheck } from '../k3s/step.ts';
import { operatorCheck } from '../operator/step.ts';
import { podSecurityCheck } from '../secrets/namespaces-check.ts';
import { secretsCheck } from '../secrets/secrets-check.ts';

/** The check of each prerequisite. */
export const prerequisiteChecks: Readonly<Record<Prerequisite, Check>> = {
  dist: distCheck,
  kubectl: kubectlCheck,
  helm: helmCheck,
  host: hostCheck,
  cluster: clusterCheck,
};

/** All checks in the order of their problems. */
export const checks: readonly Check[] = [
  ...Object.values(prerequisiteChecks),
  domainCheck,
  lintCheck,
  k3sCheck,
  hostPortsCheck,
  dockerCheck,
  serverVersionCheck,
  permissionsCheck,
  kindsCheck,
  nodesCheck,
  taintsCheck,
  storageCheck,
  podSecurityCheck,
  legacyCheck,
  operatorCheck,
  agentPortsCheck,
  servicePortsCheck,
  foreignObjectsCheck,
  immutableFieldsCheck,
  refusedChangesCheck,
  secretsCheck,
  certificateSecretCheck,
  chartCheck,
];

import { allowedPostgresqlName } from './allowed-postgresql-name.ts';
import { completeExternalSecret } from './complete-external-secret.ts';
import { knownConfigKey } from './known-config-key.ts';
import { knownPolicyType } from './known-policy-type.ts';
import { knownReference } from './known-reference.ts';
import { knownSecretKey } from './known-secret-key.ts';
import { noAlwaysPullOfLocalImage } from './no-always-pull-of-local-image.ts';
import { noChartDimensionTwin } from './no-chart-dimension-twin.ts';
import { noLiteralSecret } from './no-literal-secret.ts';
import { noProvidedConfigKey } from './no-provided-config-key.ts';
import { noProvidedVariable } from './no-provided-variable.ts';
import { noReservedDimension } from './no-reserved-dimension.ts';
import { noSecretInInitSql } from './no-secret-in-init-sql.ts';
import { noSharedExclusiveVolume } from './no-shared-exclusive-volume.ts';
import { noSystemNamespace } from './no-system-namespace.ts';
import { oneCertificateSource } from './one-certificate-source.ts';
import { readableInitSql } from './readable-init-sql.ts';
import { requestsWithinLimits } from './requests-within-limits.ts';
import { requirePolicy } from './require-policy.ts';
import type { Rule } from './rule.ts';
import { sensibleQuantity } from './sensible-quantity.ts';
import { separateCollectorNamespace } from './separate-collector-namespace.ts';
import { shortName } from './short-name.ts';
import { uniqueClaimName } from './unique-claim-name.ts';
import { uniqueDimension } from './unique-dimension.ts';
import { uniqueListEntry } from './unique-list-entry.ts';
import { uniqueNodePort } from './unique-node-port.ts';
import { uniqueObjectName } from './unique-object-name.ts';
import { uniqueRoutePath } from './unique-route-path.ts';
import { uniqueServiceName } from './unique-service-name.ts';
import { uniqueVariable } from './unique-variable.ts';
import { uniqueVolumeName } from './unique-volume-name.ts';
import { validDomain } from './valid-domain.ts';
import { validImage } from './valid-image.ts';
import { validInitSqlName } from './valid-init-sql-name.ts';
import { validMountPath } from './valid-mount-path.ts';

/** Every rule beyond the shape of single values. */
export const rules: readonly Rule[] = [
  allowedPostgresqlName,
  completeExternalSecret,
  knownConfigKey,
  knownPolicyType,
  knownReference,
  knownSecretKey,
  noAlwaysPullOfLocalImage,
  noChartDimensionTwin,
  noLiteralSecret,
  noProvidedConfigKey,
  noProvidedVariable,
  noReservedDimension,
  noSecretInInitSql,
  noSharedExclusiveVolume,
  noSystemNamespace,
  oneCertificateSource,
  readableInitSql,
  requestsWithinLimits,
  requirePolicy,
  sensibleQuantity,
  separateCollectorNamespace,
  shortName,
  uniqueClaimName,
  uniqueDimension,
  uniqueListEntry,
  uniqueNodePort,
  uniqueObjectName,
  uniqueRoutePath,
  uniqueServiceName,
  uniqueVariable,
  uniqueVolumeName,
  validDomain,
  validImage,
  validInitSqlName,
  validMountPath,
];

import { noAlwaysPullOfLocalImage } from './no-always-pull-of-local-image.ts';
import { noChartDimensionTwin } from './no-chart-dimension-twin.ts';
import { noChartToolWithoutChart } from './no-chart-tool-without-chart.ts';
import { noCollectorInApplicationNamespace } from './no-collector-in-application-namespace.ts';
import { noExpandedText } from './no-expanded-text.ts';
import { noExportWithoutManifests } from './no-export-without-manifests.ts';
import { noLargeManifest } from './no-large-manifest.ts';
import { noLiteralSecret } from './no-literal-secret.ts';
import { noLoaderVariable } from './no-loader-variable.ts';
import { noLocalChartsForGitops } from './no-local-charts-for-gitops.ts';
import { noProvidedConfigKey } from './no-provided-config-key.ts';
import { noProvidedVariable } from './no-provided-variable.ts';
import { noRequestAboveLimit } from './no-request-above-limit.ts';
import { noReservedDimension } from './no-reserved-dimension.ts';
import { noSecretInInitSql } from './no-secret-in-init-sql.ts';
import { noSharedExclusiveVolume } from './no-shared-exclusive-volume.ts';
import { noSystemNamespace } from './no-system-namespace.ts';
import { requireOneCertificateSource } from './require-one-certificate-source.ts';
import { requirePolicy } from './require-policy.ts';
import type { ConfigRule } from './rule.ts';
import { uniqueClaimName } from './unique-claim-name.ts';
import { uniqueDimension } from './unique-dimension.ts';
import { uniqueListEntry } from './unique-list-entry.ts';
import { uniqueNodePort } from './unique-node-port.ts';
import { uniqueObjectName } from './unique-object-name.ts';
import { uniqueRoutePath } from './unique-route-path.ts';
import { uniqueServiceName } from './unique-service-name.ts';
import { uniqueVariable } from './unique-variable.ts';
import { uniqueVolumeName } from './unique-volume-name.ts';
import { validConfigKey } from './valid-config-key.ts';
import { validDomain } from './valid-domain.ts';
import { validExternalSecret } from './valid-external-secret.ts';
import { validImage } from './valid-image.ts';
import { validIngressHost } from './valid-ingress-host.ts';
import { validInitSql } from './valid-init-sql.ts';
import { validInitSqlName } from './valid-init-sql-name.ts';
import { validMountPath } from './valid-mount-path.ts';
import { validNameLength } from './valid-name-length.ts';
import { validObjectSize } from './valid-object-size.ts';
import { validPolicyType } from './valid-policy-type.ts';
import { validPort } from './valid-port.ts';
import { validPostgresqlName } from './valid-postgresql-name.ts';
import { validQuantity } from './valid-quantity.ts';
import { validReference } from './valid-reference.ts';
import { validRoutePath } from './valid-route-path.ts';
import { validSecretKey } from './valid-secret-key.ts';

/** Every rule beyond the shape of single values. */
export const configRules: readonly ConfigRule[] = [
  noAlwaysPullOfLocalImage,
  noChartDimensionTwin,
  noChartToolWithoutChart,
  noCollectorInApplicationNamespace,
  noExpandedText,
  noExportWithoutManifests,
  noLargeManifest,
  noLiteralSecret,
  noLoaderVariable,
  noLocalChartsForGitops,
  noProvidedConfigKey,
  noProvidedVariable,
  noRequestAboveLimit,
  noReservedDimension,
  noSecretInInitSql,
  noSharedExclusiveVolume,
  noSystemNamespace,
  requireOneCertificateSource,
  requirePolicy,
  uniqueClaimName,
  uniqueDimension,
  uniqueListEntry,
  uniqueNodePort,
  uniqueObjectName,
  uniqueRoutePath,
  uniqueServiceName,
  uniqueVariable,
  uniqueVolumeName,
  validConfigKey,
  validDomain,
  validExternalSecret,
  validImage,
  validIngressHost,
  validInitSql,
  validInitSqlName,
  validMountPath,
  validNameLength,
  validObjectSize,
  validPolicyType,
  validPort,
  validPostgresqlName,
  validQuantity,
  validReference,
  validRoutePath,
  validSecretKey,
];

import type { Rule, RuleDescription } from '../rule.ts';
import { validSuppression } from '../suppression/valid-suppression.ts';
import { noBatchBeforeSampling } from './no-batch-before-sampling.ts';
import { noDeletedPodAttribute } from './no-deleted-pod-attribute.ts';
import { noDeprecatedChart } from './no-deprecated-chart.ts';
import { noDirectExport } from './no-direct-export.ts';
import { noDisabledSdk } from './no-disabled-sdk.ts';
import { noDroppedChartDimension } from './no-dropped-chart-dimension.ts';
import { noEnrichmentAfterBatch } from './no-enrichment-after-batch.ts';
import { noForbiddenNodeDetector } from './no-forbidden-node-detector.ts';
import { noForeignFileInOutput } from './no-foreign-file-in-output.ts';
import { noHostAccessOnAutopilot } from './no-host-access-on-autopilot.ts';
import { noHostDetector } from './no-host-detector.ts';
import { noIdleStatement } from './no-idle-statement.ts';
import { noLateStatement } from './no-late-statement.ts';
import { noLiteralSecret } from './no-literal-secret.ts';
import { noMeshInterception } from './no-mesh-interception.ts';
import { noReferenceInConfigData } from './no-reference-in-config-data.ts';
import { noRemovedComponent } from './no-removed-component.ts';
import { noRenamingFeatureGate } from './no-renaming-feature-gate.ts';
import { noSeriesOverBudget } from './no-series-over-budget.ts';
import { noSpanMetricsAfterSampling } from './no-span-metrics-after-sampling.ts';
import { noSpanMetricsOnTwoTiers } from './no-span-metrics-on-two-tiers.ts';
import { noUndercountingSampler } from './no-undercounting-sampler.ts';
import { noUnexpandedVariable } from './no-unexpanded-variable.ts';
import { noUnknownGlobalKey } from './no-unknown-global-key.ts';
import { noUnknownTopLevelKey } from './no-unknown-top-level-key.ts';
import { noUnreadInput } from './no-unread-input.ts';
import { noUnusedComponent } from './no-unused-component.ts';
import { requireCardinalityLimit } from './require-cardinality-limit.ts';
import { requireCatalogDimension } from './require-catalog-dimension.ts';
import { requireCollectorConfiguration } from './require-collector-configuration.ts';
import { requireCollectorMetrics } from './require-collector-metrics.ts';
import { requireCompactMetrics } from './require-compact-metrics.ts';
import { requireConfigChecksum } from './require-config-checksum.ts';
import { requireExportQueue } from './require-export-queue.ts';
import { requireHealthCheck } from './require-health-check.ts';
import { requireInstrumentation } from './require-instrumentation.ts';
import { requireLoadBalancingCompanions } from './require-load-balancing-companions.ts';
import { requireMemoryHeadroom } from './require-memory-headroom.ts';
import { requireMemoryLimiter } from './require-memory-limiter.ts';
import { requireNamespaceFirst } from './require-namespace-first.ts';
import { requireNodeLocalAgent } from './require-node-local-agent.ts';
import { requirePodAndHostMetrics } from './require-pod-and-host-metrics.ts';
import { requirePodAttributes } from './require-pod-attributes.ts';
import { requirePodUidOnHostNetwork } from './require-pod-uid-on-host-network.ts';
import { requirePrivateKeySecret } from './require-private-key-secret.ts';
import { requirePrivateKeyVariable } from './require-private-key-variable.ts';
import { requirePrivilegedCollectorNamespace } from './require-privileged-collector-namespace.ts';
import { requireProvider } from './require-provider.ts';
import { requireReachableHostPort } from './require-reachable-host-port.ts';
import { requireReachableListener } from './require-reachable-listener.ts';
import { requireServiceName } from './require-service-name.ts';
import { requireSpanMetricsCollector } from './require-span-metrics-collector.ts';
import { requireSpanMetricsConsumer } from './require-span-metrics-consumer.ts';
import { requireWholePath } from './require-whole-path.ts';
import { requireWholeTraces } from './require-whole-traces.ts';
import { uniqueDimension } from './unique-dimension.ts';
import { uniqueObject } from './unique-object.ts';
import { uniqueReceiverPort } from './unique-receiver-port.ts';
import { uniqueSeriesWriter } from './unique-series-writer.ts';
import { uniqueServiceName } from './unique-service-name.ts';
import { uniqueVariable } from './unique-variable.ts';
import { validBatchSize } from './valid-batch-size.ts';
import { validComponentReference } from './valid-component-reference.ts';
import { validConfigReference } from './valid-config-reference.ts';
import { validConfigVariable } from './valid-config-variable.ts';
import { validCoralogixExporter } from './valid-coralogix-exporter.ts';
import { validDimension } from './valid-dimension.ts';
import { validDomain } from './valid-domain.ts';
import { validInjectionAnnotation } from './valid-injection-annotation.ts';
import { validMemoryLimiter } from './valid-memory-limiter.ts';
import { validOperatorRegion } from './valid-operator-region.ts';
import { validOtlpEndpoint } from './valid-otlp-endpoint.ts';
import { validOtlpIngress } from './valid-otlp-ingress.ts';
import { validOtlpProtocol } from './valid-otlp-protocol.ts';
import { validPatternGroup } from './valid-pattern-group.ts';
import { validPodAssociation } from './valid-pod-association.ts';
import { validPodIdentity } from './valid-pod-identity.ts';
import { validPreset } from './valid-preset.ts';
import { validResourceCatalog } from './valid-resource-catalog.ts';
import { validSamplingPolicy } from './valid-sampling-policy.ts';
import { validServiceReference } from './valid-service-reference.ts';
import { validSpanMetricName } from './valid-span-metric-name.ts';
import { validStatementContext } from './valid-statement-context.ts';
import { validSubChartValue } from './valid-sub-chart-value.ts';
import { validYaml } from './valid-yaml.ts';

/** Every rule, in the order of their ids. */
export const rules: readonly Rule[] = [
  noBatchBeforeSampling,
  noDeletedPodAttribute,
  noDeprecatedChart,
  noDirectExport,
  noDisabledSdk,
  noDroppedChartDimension,
  noEnrichmentAfterBatch,
  noForbiddenNodeDetector,
  noForeignFileInOutput,
  noHostAccessOnAutopilot,
  noHostDetector,
  noIdleStatement,
  noLateStatement,
  noLiteralSecret,
  noMeshInterception,
  noReferenceInConfigData,
  noRemovedComponent,
  noRenamingFeatureGate,
  noSeriesOverBudget,
  noSpanMetricsAfterSampling,
  noSpanMetricsOnTwoTiers,
  noUndercountingSampler,
  noUnexpandedVariable,
  noUnknownGlobalKey,
  noUnknownTopLevelKey,
  noUnreadInput,
  noUnusedComponent,
  requireCardinalityLimit,
  requireCatalogDimension,
  requireCollectorConfiguration,
  requireCollectorMetrics,
  requireCompactMetrics,
  requireConfigChecksum,
  requireExportQueue,
  requireHealthCheck,
  requireInstrumentation,
  requireLoadBalancingCompanions,
  requireMemoryHeadroom,
  requireMemoryLimiter,
  requireNamespaceFirst,
  requireNodeLocalAgent,
  requirePodAndHostMetrics,
  requirePodAttributes,
  requirePodUidOnHostNetwork,
  requirePrivateKeySecret,
  requirePrivateKeyVariable,
  requirePrivilegedCollectorNamespace,
  requireProvider,
  requireReachableHostPort,
  requireReachableListener,
  requireServiceName,
  requireSpanMetricsCollector,
  requireSpanMetricsConsumer,
  requireWholePath,
  requireWholeTraces,
  uniqueDimension,
  uniqueObject,
  uniqueReceiverPort,
  uniqueSeriesWriter,
  uniqueServiceName,
  uniqueVariable,
  validBatchSize,
  validComponentReference,
  validConfigReference,
  validConfigVariable,
  validCoralogixExporter,
  validDimension,
  validDomain,
  validInjectionAnnotation,
  validMemoryLimiter,
  validOperatorRegion,
  validOtlpEndpoint,
  validOtlpIngress,
  validOtlpProtocol,
  validPatternGroup,
  validPodAssociation,
  validPodIdentity,
  validPreset,
  validResourceCatalog,
  validSamplingPolicy,
  validServiceReference,
  validSpanMetricName,
  validStatementContext,
  validSubChartValue,
  validYaml,
];

/** Everything that a run can report, and that a configuration can switch off. */
export const describedRules: readonly RuleDescription[] = [...rules, validSuppression];

import type { ProbeConfig } from '../config/schema/containers.ts';
import type { SystemConfig } from '../config/schema/system.ts';
import type { ServiceConfig } from '../config/schema/workloads.ts';
import { secretName } from '../constructs/application-namespace.ts';
import { addressOf } from '../constructs/system-address.ts';
import { datastoreUrl } from '../constructs/system-datastore.ts';
import { referredVariables, withVariableReferences } from '../telemetry/downward-variables.ts';
import { inlineText } from '../yaml/to-yaml.ts';

/** Stands for the values of a service that are only written, and decide nothing. Each is given as it is in YAML. */
export interface Substitution {
  /** For a value that stands alone in its place of the manifests. */
  text(written: string): string;
  number(written: string): number;
  /** For the variables of `env`, as the entries of a list, each line after a line break. */
  variables(written: string): ServiceConfig['env'];
}

/**
 * A service with another value in the place of each opaque one, in the same order for all services that differ in these
 * values alone. A text that is not written in one line is never opaque, since its place shows in how it is written.
 *
 * @param patches patches of the whole system, as JSON
 */
export function withOpaqueValues(
  service: ServiceConfig,
  config: SystemConfig,
  patches: string,
  put: Substitution,
): ServiceConfig {
  const patched = service.patch === undefined ? patches : `${patches}${JSON.stringify(service.patch)}`;
  const text = (value: string): string => {
    const written = inlineText(value);
    return written === undefined ? value : put.text(written);
  };
  const number = (value: number): number => put.number(String(value));
  const texts = (mapping: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(mapping).map(([key, value]) => [key, text(value)]));

  const result = { ...service, name: text(service.name), image: text(service.image) };
  if (result.version !== undefined) {
    result.version = text(result.version);
  }
  if (result.port !== undefined && !isMatched(result.port, service, patched)) {
    result.port = number(result.port);
  }
  // Of one replica there is no PodDisruptionBudget.
  if (result.replicas !== undefined && result.replicas > 1) {
    result.replicas = number(result.replicas);
  }
  for (const key of ['labels', 'podLabels', 'annotations', 'podAnnotations', 'nodeSelector'] as const) {
    const mapping = result[key];
    if (mapping !== undefined) {
      result[key] = texts(mapping);
    }
  }
  for (const key of ['command', 'args'] as const) {
    result[key] = result[key]?.map(text);
  }
  for (const key of ['healthPath', 'workingDirectory', 'schedule'] as const) {
    const value = result[key];
    if (value !== undefined) {
      result[key] = text(value);
    }
  }
  if (result.terminationGracePeriodSeconds !== undefined) {
    result.terminationGracePeriodSeconds = number(result.terminationGracePeriodSeconds);
  }
  result.serviceAccount = { ...result.serviceAccount, annotations: texts(result.serviceAccount.annotations) };
  result.service = { ...result.service, annotations: texts(result.service.annotations) };
  if (result.securityContext?.runAsUser !== undefined) {
    result.securityContext = { ...result.securityContext, runAsUser: number(result.securityContext.runAsUser) };
  }
  if (result.resources !== undefined) {
    const { requests, limits } = result.resources;
    result.resources = {
      ...(requests !== undefined && { requests: texts(requests) }),
      ...(limits !== undefined && { limits: texts(limits) }),
    };
  }
  if (result.probes !== undefined) {
    const { startup, readiness, liveness } = result.probes;
    result.probes = {
      ...(startup !== undefined && { startup: opaqueProbe(startup, text, number) }),
      ...(readiness !== undefined && { readiness: opaqueProbe(readiness, text, number) }),
      ...(liveness !== undefined && { liveness: opaqueProbe(liveness, text, number) }),
    };
  }
  if (result.autoscaling !== undefined) {
    const { minReplicas, maxReplicas } = result.autoscaling;
    result.autoscaling = {
      ...result.autoscaling,
      minReplicas: number(minReplicas),
      maxReplicas: number(maxReplicas),
    };
  }
  result.volumes = result.volumes.map((volume) =>
    volume.claim === undefined ? volume : { ...volume, claim: { ...volume.claim, size: text(volume.claim.size) } },
  );
  const variables = patched.includes('"env"') ? undefined : writtenVariables(service, config);
  if (variables !== undefined) {
    result.secretKeys = [];
    result.env = put.variables(variables);
  }
  return result;
}

/** Whether a port is the same as another one, or what a patch may look for. */
const isMatched = (port: number, { ports }: ServiceConfig, patched: string): boolean =>
  ports.some((other) => other.port === port || other.targetPort === port) || patched.includes(String(port));

const timings = [
  'initialDelaySeconds',
  'periodSeconds',
  'timeoutSeconds',
  'failureThreshold',
  'successThreshold',
] as const;

function opaqueProbe(
  probe: ProbeConfig,
  text: (value: string) => string,
  number: (value: number) => number,
): ProbeConfig {
  if (probe.type === 'none') {
    return probe;
  }
  const result = { ...probe };
  for (const key of timings) {
    const value = result[key];
    if (value !== undefined) {
      result[key] = number(value);
    }
  }
  if (result.type === 'http') {
    result.path = text(result.path);
  }
  return result;
}

/**
 * The variables of `secretKeys` and `env`, which follow all others of the container; undefined where one is a source of
 * Kubernetes, is not written in one line, decides what an SDK is set to, or refers to what may be a variable of telemetry.
 */
function writtenVariables(service: ServiceConfig, config: SystemConfig): string | undefined {
  const { configKeys, secretKeys, env, namespace = config.namespace } = service;
  let lines = '';
  for (const name of secretKeys) {
    const [key, secret] = [inlineText(name), inlineText(secretName(config))];
    if (key === undefined || secret === undefined || isSetting(name) || config.secret?.keys.includes(name) !== true) {
      return undefined;
    }
    lines += `\n- name: ${key}\n  valueFrom:\n    secretKeyRef:\n      key: ${key}\n      name: ${secret}`;
  }
  const known = new Set([...configKeys, ...secretKeys]);
  const isKnown = (name: string) => known.has(name);
  for (const [name, given] of Object.entries(env)) {
    const value = typeof given === 'string' ? given : addressOf(config, given, namespace, datastoreUrl);
    if (value === undefined || isSetting(name) || !referredVariables(value).every(isKnown)) {
      return undefined;
    }
    const [key, written] = [inlineText(name), inlineText(withVariableReferences(value, isKnown))];
    if (key === undefined || written === undefined) {
      return undefined;
    }
    lines += `\n- name: ${key}\n  value: ${written}`;
    known.add(name);
  }
  return lines;
}

const isSetting = (name: string): boolean => name.startsWith('OTEL_');

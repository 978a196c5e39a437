import type { Model } from '../../model/model.ts';
import { serviceOfHost } from '../../model/network/dns.ts';
import type { Target } from '../target.ts';
import { operatorResources } from './resources.ts';

/**
 * Namespaces in which the path of some services may lie: their own, those of the collectors that are committed, and
 * those of the Services that their endpoints name.
 */
export function namespacesOnPath(
  model: Model,
  targets: readonly Target[],
  releaseNamespace: string | undefined,
): string[] {
  const own = targets.map(({ namespace }) => namespace);
  const named = targets.flatMap(({ sender, namespace }) => {
    const { host } = sender.settings.endpoint ?? {};
    return host?.kind === 'name' ? (serviceOfHost(host.name, namespace)?.namespace ?? []) : [];
  });
  const aliases = model.services.flatMap(({ type, externalName, namespace }) =>
    type === 'ExternalName' && externalName !== undefined
      ? (serviceOfHost(externalName, namespace)?.namespace ?? [])
      : [],
  );
  const collectors = model.collectors.flatMap(({ namespace }) => namespace ?? []);
  return [
    ...new Set([
      ...own,
      ...named,
      ...aliases,
      ...collectors,
      ...(releaseNamespace === undefined ? [] : [releaseNamespace]),
    ]),
  ].sort();
}

/** Whether a part of the path is run or added by the OpenTelemetry operator. */
export const hasOperatorResources = ({ manifests }: Model): boolean =>
  manifests.some(({ apiVersion }) => apiVersion.startsWith(`${operatorResources[0].group}/`));

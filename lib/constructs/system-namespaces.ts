import type { Chart } from 'cdk8s';
import type { LoadedSystem } from '../config/load-system.ts';
import type { SystemConfig } from '../config/schema/system.ts';
import { systemNamespaces } from '../config/system-namespaces.ts';
import { isShared } from '../kubernetes/scope.ts';
import { ownValue } from '../own-value.ts';
import { existingNamespaces } from './existing-manifests.ts';
import { PodSecurityNamespace } from './pod-security-namespace.ts';

/**
 * The Namespaces of a system, apart from those that somebody else manages and those that stand among its manifests.
 *
 * @param into a chart without a namespace
 */
export function createNamespaces(into: Chart, loaded: LoadedSystem): void {
  const { config, manifests = [] } = loaded;
  const existing = existingNamespaces(manifests);
  for (const name of systemNamespaces(loaded)) {
    const {
      create = true,
      enforce,
      warn,
    }: Partial<SystemConfig['namespaces'][string]> = ownValue(config.namespaces, name) ?? {};
    if (!create || existing.has(name) || isShared(name)) {
      continue;
    }
    // The agent uses the network and the file system of its node.
    const isCollectors = name === config.collector.namespace && config.collector.delivery !== 'existing';
    const usual = isCollectors ? { enforce: 'privileged' as const, warn: 'privileged' as const } : config.podSecurity;
    const id = name === config.namespace ? 'Application' : isCollectors ? 'Collector' : `Namespace-${name}`;
    new PodSecurityNamespace(into, id, {
      name,
      partOf: config.name,
      enforce: enforce ?? usual.enforce,
      warn: warn ?? enforce ?? usual.warn,
    });
  }
}

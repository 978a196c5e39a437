import { strategicMerge } from '../../kubernetes/strategic-merge.ts';
import { podTemplatePaths } from '../../kubernetes/types.ts';
import { isMapping, type Mapping, type Path } from '../../yaml/value.ts';
import { refusedPod } from '../pod-security.ts';
import type { Located } from '../reading/located.ts';
import { isNothing } from '../reading/node.ts';
import { plainValue } from '../reading/plain-value.ts';
import { volumeSources } from '../schema/containers.ts';
import { workloadKinds } from '../schema/workloads.ts';
import type { ConfigRule } from './rule.ts';
import { datastoresOf, effective, kindOf, type SystemPart, servicesOf, servicesWith } from './system-parts.ts';

/** The API server makes a workload whose pods it then refuses, and nothing starts, unless the namespace has other labels. */
const noRefusedPod: ConfigRule = {
  id: 'no-refused-pod',
  level: 'warning',
  *check({ system }) {
    if (system.get('manifests').items().length > 0) {
      // One of them may be the Namespace, and manifests are read after the rules.
      return;
    }
    const own = system.get('namespace').text();
    for (const { part, title } of mayBeRefused(system)) {
      const namespace = part.get('namespace').text() ?? own;
      const pod = podOf(system, part);
      const refused = namespace === undefined || pod === undefined ? undefined : refusedPod(system, namespace, pod);
      if (refused !== undefined) {
        const isHardened = effective(system, part, 'hardened').text() === 'true';
        const isMended = isHardened || refusedPod(system, namespace ?? '', hardenedPod(pod ?? {})) !== undefined;
        yield part
          .get('name')
          .finding(`${title} has ${refused.reason}`, isMended ? refused.suggestion : 'write: hardened: true');
      }
    }
    for (const { part, title } of datastoresOf(system)) {
      const refused =
        own === undefined || part.get('hardened').text() !== 'false'
          ? undefined
          : refusedPod(system, own, { containers: [{ name: part.get('name').text() ?? '' }] });
      if (refused !== undefined) {
        yield part.get('hardened').finding(`${title} has ${refused.reason}`, 'write: true');
      }
    }
  },
};

/** Keys of a service by which its pod, or what its namespace refuses, differs from the usual. */
const podKeys = ['hardened', 'initContainers', 'namespace', 'patch', 'sidecars', 'volumes'];

/** Of the services with none of these keys, one stands for all. */
function mayBeRefused(system: Located): readonly SystemPart[] {
  const own = system.get('namespace').text();
  const pod = { volumes: [], initContainers: [], containers: [{ name: '' }] };
  const isHardened = system.at('serviceDefaults', 'hardened').text() === 'true';
  const isRefused = own !== undefined && refusedPod(system, own, isHardened ? hardenedPod(pod) : pod) !== undefined;
  return isRefused || system.get('patch').kind !== 'absent' ? servicesOf(system) : servicesWith(system, ...podKeys);
}

/** The fields of a service's pod that a standard looks at. */
function podOf(system: Located, service: Located): Mapping | undefined {
  const kind = Object.entries(workloadKinds).find(([name]) => name === kindOf(service))?.[1];
  if (kind === undefined) {
    return undefined;
  }
  const name = service.get('containerName').text() ?? service.get('name').text() ?? '';
  const sidecars = jsonValue(service.get('sidecars'));
  const pod = {
    volumes: service.get('volumes').items().map(volumeOf),
    initContainers: jsonValue(service.get('initContainers')) ?? [],
    containers: [{ name }, ...(Array.isArray(sidecars) ? sidecars : [])],
  };
  const path: Path = [...podTemplatePaths[kind], 'spec'];
  const patches = [service.get('patch'), system.get('patch')].map((patch) =>
    jsonValue(patch.at(kind, ...path.map(String))),
  );
  return patches
    .filter(isMapping)
    .reduce<Mapping>(
      (patched, patch) => strategicMerge(patched, patch, 'PodSpec'),
      effective(system, service, 'hardened').text() === 'true' ? hardenedPod(pod) : pod,
    );
}

/** A volume as Kubernetes has it; a claim of its own is of a kind that every standard lets in. */
const volumeOf = (volume: Located): Mapping =>
  Object.fromEntries(
    Object.keys(volumeSources).flatMap((kind) => {
      const source = jsonValue(volume.get(kind));
      return source === undefined ? [] : [[kind, source]];
    }),
  );

/** A pod with what `hardened` writes into it and its first container. */
function hardenedPod(pod: Mapping): Mapping {
  const { containers } = pod;
  const [first, ...others]: unknown[] = Array.isArray(containers) ? containers : [];
  const own = isMapping(first) ? first : {};
  return {
    ...pod,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      { ...own, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } },
      ...others,
    ],
  };
}

/** A value as JSON has it, whatever its shape. */
const jsonValue = (value: Located): unknown =>
  plainValue(value, (scalar) => {
    if (scalar === null || isNothing(scalar)) {
      return null;
    }
    const { text } = scalar;
    return text === 'true' || text === 'false' ? text === 'true' : text;
  });

export const podSecurityRules: readonly ConfigRule[] = [noRefusedPod];

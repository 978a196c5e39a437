import type { Place } from '../../problems/problem.ts';
import { textsAt } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';
import type { Model } from '../model.ts';
import type { Workload } from '../workload.ts';

type Direction = 'Inbound' | 'Outbound';

/** The proxy of a service mesh in a workload's pods. */
export interface MeshProxy {
  readonly mesh: 'Linkerd' | 'Istio';
  /** Who asks for it: the workload or its Namespace. */
  readonly asked: Manifest;
  readonly place: () => Place;
  /** Whether connections to a port go past the proxy. */
  skips(direction: Direction, port: number): boolean;
  /** What makes them. */
  remedy(direction: Direction): string;
}

/** @see https://linkerd.io/2/reference/proxy-configuration/ https://istio.io/latest/docs/reference/config/annotations/ */
export function meshProxyOf(model: Model, workload: Workload): MeshProxy | undefined {
  const namespace = model.find('Namespace', workload.namespace);
  const ofNamespace = textsAt(namespace?.value, 'metadata', 'annotations');
  const labels = textsAt(namespace?.value, 'metadata', 'labels');
  const ofPod = { ...workload.labels, ...workload.annotations };
  const annotations = { ...ofNamespace, ...workload.annotations };
  // A pod on the node's network would put the proxy before the whole node, and is never injected.
  if (workload.hostNetwork) {
    return undefined;
  }
  const byPod = { asked: workload.manifest, place: () => workload.place(['metadata']) };
  const byNamespace =
    namespace === undefined ? byPod : { asked: namespace, place: () => namespace.place(['metadata', 'name']) };
  const linkerd = ofPod['linkerd.io/inject'];
  if (isOn(linkerd) || (linkerd === undefined && isOn(ofNamespace['linkerd.io/inject']))) {
    return { mesh: 'Linkerd', ...(linkerd === undefined ? byNamespace : byPod), ...linkerdPorts(annotations) };
  }
  const istio = ofPod['sidecar.istio.io/inject'];
  const revision = ofPod['istio.io/rev'];
  const isIstio = labels['istio-injection'] === 'enabled' || labels['istio.io/rev'] !== undefined;
  if (istio === 'true' || (istio === undefined && (revision !== undefined || isIstio))) {
    const isPods = istio !== undefined || revision !== undefined;
    return { mesh: 'Istio', ...(isPods ? byPod : byNamespace), ...istioPorts(workload.annotations) };
  }
  return undefined;
}

type Ports = Pick<MeshProxy, 'skips' | 'remedy'>;
type Annotations = Readonly<Record<string, string>>;

const isOn = (inject: string | undefined): boolean => inject === 'enabled' || inject === 'ingress';

const linkerdPorts = (annotations: Annotations): Ports => {
  const name = (direction: Direction) => `config.linkerd.io/skip-${direction.toLowerCase()}-ports`;
  return {
    skips: (direction, port) => names(annotations[name(direction)], port),
    remedy: (direction) => `${name(direction)}: "4317,4318"`,
  };
};

const istioPorts = (annotations: Annotations): Ports => {
  const setting = (kind: string) => annotations[`traffic.sidecar.istio.io/${kind}`];
  return {
    skips(direction, port) {
      const included = setting(`include${direction}Ports`);
      const hasRanges = ['include', 'exclude'].some((kind) => setting(`${kind}OutboundIPRanges`) !== undefined);
      return (
        names(setting(`exclude${direction}Ports`), port) ||
        (included !== undefined && included !== '*' && !names(included, port)) ||
        // Which addresses are meant only the cluster knows.
        (direction === 'Outbound' && hasRanges)
      );
    },
    remedy: (direction) => `traffic.sidecar.istio.io/exclude${direction}Ports: "4317,4318"`,
  };
};

/** Whether a list such as `4222,4317-4318` names a port. */
const names = (list: string | undefined, port: number): boolean =>
  (list ?? '').split(',').some((entry) => {
    const [first = '', last = first] = entry.trim().split('-');
    return first !== '' && Number(first) <= port && port <= Number(last);
  });

import type { Model } from '../../../model/model.ts';
import type { Service } from '../../../model/network/service.ts';
import { servicePort } from '../../../model/spans/listener-at.ts';
import { spanExports } from '../../../model/spans/span-export.ts';
import type { Workload } from '../../../model/workload.ts';
import { didYouMean } from '../../../text/did-you-mean.ts';
import { oneOf } from '../../../text/list.ts';
import { isMapping, listAt, textAt, valueAt } from '../../../yaml/value.ts';
import type { RuleFinding } from '../../rule.ts';
import { writtenService, writtenServices } from './services.ts';
import { byValue, usersOf } from './value-source.ts';

/** Ports that are named and not there: of pods by Services, of Services by endpoints and by Ingresses. */
export const portFindings = (model: Model): RuleFinding[] => [
  ...ofPods(model),
  ...ofEndpoints(model),
  ...ingressFindings(model),
];

/** Only by name: a container listens on whatever it likes, and its `ports` are no more than information. */
function ofPods(model: Model): RuleFinding[] {
  return writtenServices(model).flatMap(({ manifest, selected }) =>
    listAt(manifest.value, 'spec', 'ports').flatMap((port, index): RuleFinding[] => {
      const target = valueAt(port, 'targetPort');
      const { names, users } = portsOf(selected);
      if (typeof target !== 'string' || /^\d+$/.test(target) || selected.length === 0 || names.includes(target)) {
        return [];
      }
      const meant = didYouMean(target, names) ?? (names.length === 1 ? names[0] : undefined);
      return [
        {
          message: `${manifest.title} sends to port ${target} of ${users}, where no port has that name`,
          place: manifest.place(['spec', 'ports', index, 'targetPort']),
          suggestion: meant === undefined ? `name the container's port ${target}` : `write: ${meant}`,
          manifest,
        },
      ];
    }),
  );
}

/** Many Services select the same pods. */
const known = new WeakMap<readonly Workload[], { readonly names: readonly string[]; readonly users: string }>();

function portsOf(selected: readonly Workload[]) {
  const ports = known.get(selected) ?? {
    names: [...new Set(selected.flatMap(portNames))],
    users: usersOf(selected.map((workload) => ({ workload }))),
  };
  known.set(selected, ports);
  return ports;
}

const portNames = ({ podTemplate }: Workload): string[] =>
  ['initContainers', 'containers'].flatMap((list) =>
    listAt(podTemplate, 'spec', list).flatMap((container) =>
      listAt(container, 'ports').flatMap((port) => textAt(port, 'name') ?? []),
    ),
  );

function ofEndpoints(model: Model): RuleFinding[] {
  const uses = spanExports(model).flatMap((span) => {
    const { answer, endpoint } = span;
    const service = 'services' in answer ? answer.services.at(-1) : undefined;
    const isMissing =
      'services' in answer && endpoint.port !== undefined && servicePort(answer, endpoint.port) === undefined;
    return service !== undefined && isMissing && endpoint.host.kind !== 'unresolved' && answer.kind !== 'no-service'
      ? [{ ...span, service }]
      : [];
  });
  return byValue(model, uses).map(({ source, uses: shared }) => {
    const [{ variable, endpoint, service }] = shared;
    return {
      message: `${variable.name} of ${usersOf(shared)} names port ${endpoint.port}, which ${titleOf(service)} does not have`,
      place: source.place(),
      suggestion: `write: ${endpoint.text.replace(`:${endpoint.port}`, `:${service.ports[0]?.port ?? ''}`)}`,
      manifest: source.manifest,
    };
  });
}

const titleOf = ({ name, namespace }: Service): string => `Service ${name} of namespace ${namespace}`;

/** Backends that name a port which their Service does not have. */
export function ingressFindings(model: Model): RuleFinding[] {
  return model.manifests
    .filter(({ kind }) => kind === 'Ingress')
    .flatMap((manifest) =>
      backends(manifest.value).flatMap(({ backend, path }): RuleFinding[] => {
        const name = textAt(backend, 'service', 'name') ?? '';
        const found = writtenService(model, name, manifest.namespace);
        const number = textAt(backend, 'service', 'port', 'number');
        const port = number ?? textAt(backend, 'service', 'port', 'name');
        const ports = found?.service.ports ?? [];
        const isThere = ports.some(
          (candidate) => port === (number === undefined ? candidate.name : `${candidate.port}`),
        );
        return found === undefined || port === undefined || isThere
          ? []
          : [
              {
                message: `${manifest.title} sends to port ${port} of Service ${name}, which does not have it`,
                place: manifest.place([...path, 'service', 'port', number === undefined ? 'name' : 'number']),
                suggestion: `write: ${oneOf(ports.map((candidate) => (number === undefined ? (candidate.name ?? '') : `${candidate.port}`)))}`,
                manifest,
              },
            ];
      }),
    );
}

const backends = (ingress: unknown) =>
  listAt(ingress, 'spec', 'rules').flatMap((rule, at) =>
    listAt(rule, 'http', 'paths').flatMap((path, index) => {
      const backend = valueAt(path, 'backend');
      return isMapping(backend)
        ? [{ backend, path: ['spec', 'rules', at, 'http', 'paths', index, 'backend'] as const }]
        : [];
    }),
  );

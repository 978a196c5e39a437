import type { Model } from '../../../model/model.ts';
import { oneOf } from '../../../text/list.ts';
import { isMapping, listAt, textAt, valueAt } from '../../../yaml/value.ts';
import type { RuleFinding } from '../../rule.ts';
import { writtenService } from './selector-findings.ts';

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

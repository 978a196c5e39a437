import type { Located } from '../reading/located.ts';
import type { ConfigRule } from './rule.ts';

/** Namespaces that are not the system's own: its pod security labels would change what may run there. */
export const noSystemNamespace: ConfigRule = {
  id: 'no-system-namespace',
  *check({ system }) {
    for (const namespace of namespacesOf(system)) {
      const reason = reasonAgainst(namespace.text() ?? '');
      if (reason !== undefined) {
        yield namespace.finding(reason, 'write: a namespace of its own');
      }
    }
  },
};

/** Every namespace that the output or `podhost deploy` creates. */
const namespacesOf = (system: Located): Located[] => [
  system.get('namespace'),
  system.at('collector', 'namespace'),
  system.at('deploy', 'operator', 'namespace'),
];

function reasonAgainst(name: string): string | undefined {
  if (name === 'default') {
    return 'default is shared by everything that names no namespace, and the labels of this system would apply to it';
  }
  return name.startsWith('kube-') ? `${name} belongs to Kubernetes itself` : undefined;
}

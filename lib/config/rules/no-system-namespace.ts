import type { Rule } from './rule.ts';

/** Namespaces of Kubernetes itself: the pod security labels of the output would change what may run there. */
const systemNamespaces = ['kube-system', 'kube-public', 'kube-node-lease'];

export const noSystemNamespace: Rule = {
  id: 'no-system-namespace',
  *check({ system }) {
    for (const namespace of [system.get('namespace'), system.at('collector', 'namespace')]) {
      const name = namespace.text() ?? '';
      if (systemNamespaces.includes(name)) {
        yield namespace.finding(`${name} belongs to Kubernetes itself`, 'write: a namespace of its own');
      }
    }
  },
};

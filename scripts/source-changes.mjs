// Changes of sources for a bundle: what `cdk8s import` has generated does the same with less.
import { readFile } from 'node:fs/promises';

/** How the classes of `cdk8s import` copy an object: again for each of its keys. Beside it, the same with one copy. */
const copies = [/\(\{ \.\.\.r, \[i\[0\]\]: (.*?) \}\), \{\}\)/g, '(r[i[0]] = $1, r), {})'];

/** What these classes export of their converters, which only they call, and before there is anything. */
const converters = [/^exports\.(?:toJson_\w+ = toJson_\w+;|.* = void 0;)$/gm, ''];

/** What the sources use of the classes that cdk8s-plus has of Kubernetes, which are most of a bundle otherwise. */
export const kubernetesClasses = [
  ...['IntOrString', 'KubeClusterRole', 'KubeClusterRoleBinding', 'KubeConfigMap', 'KubeCronJob', 'KubeDaemonSet'],
  ...['KubeDeployment', 'KubeHorizontalPodAutoscalerV2', 'KubeIngress', 'KubeJob', 'KubeNamespace'],
  ...['KubePersistentVolumeClaim', 'KubePodDisruptionBudget', 'KubeService', 'KubeServiceAccount', 'KubeStatefulSet'],
  'Quantity',
];

/**
 * The classes of a file that `cdk8s import` has generated, with all that they need; the others are left out.
 *
 * @param text as TypeScript compiles it: what is at its top level begins lines, and ends before the next
 */
export function withClasses(text, names) {
  const statements = text
    .replace(/^\/(?:\*.*?\*\/|\/.*?)$/gms, '')
    .split(/^(?=[^\s}])/m)
    .map((statement) => ({
      statement,
      of: /^(?:(?:class|function) (\w+)|exports\.(\w+) = \2;|(\w+)(?:\.GVK|\[_\w+\]) = )/
        .exec(statement)
        ?.slice(1)
        .join(''),
    }));
  const kept = new Set([undefined]);
  const next = [...names];
  for (const name of next) {
    if (!kept.has(name)) {
      kept.add(name);
      const own = statements.filter(({ of }) => of === name).map(({ statement }) => statement);
      next.push(...(own.join('').match(/\btoJson_\w+/g) ?? []));
    }
  }
  return statements.flatMap(({ statement, of }) => (kept.has(of) ? [statement] : [])).join('');
}

/** Where a module is, which a bundle knows without `node:url`. */
const moduleFile = ['fileURLToPath(import.meta.url)', '__filename'];

/** Changes of sources that leave what they do as it is. */
export const sourceChanges = {
  name: 'source-changes',
  setup({ onLoad }) {
    onLoad({ filter: /\/lib\/package-folder\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(...moduleFile),
      loader: 'ts',
    }));
    onLoad({ filter: /\/imports\/[^/]*\.(?:ts|js)$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const needed = path.endsWith('/k8s.js') ? withClasses(text, kubernetesClasses) : text;
      return {
        contents: needed.replace(...copies).replace(...converters),
        loader: path.endsWith('.ts') ? 'ts' : 'js',
      };
    });
  },
};

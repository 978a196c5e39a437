import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { checkSystem, loadSystem } from '../../../lib/config/load-system.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

const head = `name: shop
namespace: shop
environment: production
clusterName: shop
coralogix: { domain: eu2.coralogix.com, applicationName: shop }
configMap: { name: shop-config }
`;

afterEach(() => vi.unstubAllEnvs());

const object = (kind: string, name: string, more = ''): string =>
  `apiVersion: ${kind === 'Deployment' ? 'apps/v1' : 'v1'}\nkind: ${kind}\nmetadata: { name: ${name} }\n${more}`;

/** A folder with a configuration, and the paths of its problems relative to it. */
function system(manifests: string, files: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder();
  const file = join(folder, 'podhost.yaml');
  writeFiles(folder, { 'podhost.yaml': `${head}manifests:\n${manifests}`, ...files });
  const short = (text: string) => text.replaceAll(`${folder}/`, '');
  return {
    folder,
    groups: () =>
      (loadSystem(file).manifests ?? []).map(({ name, namespace, objects }) => ({
        name,
        namespace,
        objects: objects.map(({ value, place }) => `${String(value['kind'])} ${short(place.file)}:${place.line}`),
      })),
    problems: () =>
      checkSystem(file).map(
        ({ code, message, suggestion, place }) =>
          `${short(place?.file ?? '')}:${place?.line}:${place?.column} ${code}: ${short(message)}; ${short(suggestion ?? '')}`,
      ),
  };
}

/** Puts a program alone on the path. */
function onPath(name: string, script: string): void {
  const folder = temporaryFolder();
  writeFiles(folder, { [name]: `#!/bin/sh\n${script}\n` });
  chmodSync(join(folder, name), 0o755);
  vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`);
}

test('files, folders and globs are read in their order, each object with its place', () => {
  const { groups } = system(
    '  - web.yaml\n  - deploy\n  - { path: "jobs/**/*.yaml", namespace: batch, name: nightly }\n',
    {
      'web.yaml': `${object('Deployment', 'web')}---\n${object('Service', 'web')}`,
      'deploy/b.yml': object('ConfigMap', 'b'),
      'deploy/a.json': '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}',
      'deploy/notes.txt': 'none',
      'deploy/below/c.yaml': object('ConfigMap', 'c'),
      'jobs/x/y/one.yaml': object('Deployment', 'one'),
    },
  );
  expect(groups()).toEqual([
    { name: 'web', namespace: 'shop', objects: ['Deployment web.yaml:1', 'Service web.yaml:5'] },
    { name: 'deploy', namespace: 'shop', objects: ['ConfigMap deploy/a.json:1', 'ConfigMap deploy/b.yml:1'] },
    { name: 'nightly', namespace: 'batch', objects: ['Deployment jobs/x/y/one.yaml:1'] },
  ]);
});

test('the items of a List are objects of their own', () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n  - ${object('Service', 'a').trim().replaceAll('\n', '\n    ')}\n`;
  expect(system('  - all.yaml\n', { 'all.yaml': list }).groups()[0]?.objects).toEqual(['Service all.yaml:4']);
});

test('a folder with a kustomization is built by the tool at hand', () => {
  onPath('kubectl', `echo '${object('Service', 'built').replaceAll('\n', '\\n')}' | sed 's/\\\\n/\\n/g'`);
  const { groups } = system('  - overlays/prod\n', { 'overlays/prod/kustomization.yaml': 'resources: []\n' });
  expect(groups()).toEqual([
    { name: 'prod', namespace: 'shop', objects: ['Service kubectl kustomize overlays/prod:1'] },
  ]);
});

test('a chart is rendered by helm with its release, namespace and values', () => {
  onPath('helm', `printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: { name: args }\\ndata: { args: "%s" }\\n' "$*"`);
  const files = { 'charts/shop/Chart.yaml': 'name: shop\n', 'prod.yaml': '{}\n' };
  const { folder } = system('  - { helm: charts/shop, release: web, values: [prod.yaml], namespace: web }\n', files);
  const [group] = loadSystem(join(folder, 'podhost.yaml')).manifests ?? [];
  expect(group).toMatchObject({ name: 'web', namespace: 'web' });
  expect(group?.objects[0]?.value).toMatchObject({
    data: {
      args: `template web ${folder}/charts/shop --namespace=web --include-crds --skip-tests --values=${folder}/prod.yaml`,
    },
  });
});

test('a Secret with values is left out with a warning, one without them is not', () => {
  const { groups, problems } = system('  - all.yaml\n', {
    'all.yaml': `${object('Secret', 'key', 'stringData: { API_KEY: xyz }\n')}---\n${object('Secret', 'token', 'type: kubernetes.io/service-account-token\n')}`,
  });
  expect(groups()[0]?.objects).toEqual(['Secret all.yaml:6']);
  expect(problems()).toEqual([
    'all.yaml:1:1 config/secret-left-out: Secret key has values for API_KEY, and the output holds no secrets: it is left out; write: secret: { name: key, keys: [API_KEY] }, so that podhost deploy creates it, or apply it by itself first',
  ]);
});

test('what the API server writes into objects is left out, with one warning where it has a content', () => {
  const { folder, problems } = system('  - all.yaml\n', {
    'all.yaml': `apiVersion: v1
kind: Service
metadata:
  name: live
  uid: a
  resourceVersion: "1"
  creationTimestamp: "2026-01-01T00:00:00Z"
  managedFields: [{ manager: kubectl }]
  annotations: { kubectl.kubernetes.io/last-applied-configuration: '{}', mine: a }
spec: { ports: [{ port: 80 }] }
status: { loadBalancer: {} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: made, creationTimestamp: null }
spec: { template: { metadata: { creationTimestamp: null }, spec: { containers: [{ name: a, image: "a:1" }] } } }
status: {}
`,
  });
  const [group] = loadSystem(join(folder, 'podhost.yaml')).manifests ?? [];
  expect(group?.objects.map(({ value }) => value)).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'live', annotations: { mine: 'a' } },
      spec: { ports: [{ port: 80 }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'made' },
      spec: {
        template: { metadata: { creationTimestamp: null }, spec: { containers: [{ name: 'a', image: 'a:1' }] } },
      },
    },
  ]);
  expect(problems()).toEqual([expect.stringContaining('all.yaml:1:1 config/server-fields: Service live stand')]);
});

const broken: readonly (readonly [title: string, manifests: string, files: Record<string, string>, problem: string])[] =
  [
    [
      'a file that is missing',
      '  - deploy/web.yaml\n',
      {},
      'podhost.yaml:8:5 config/no-manifest-file: deploy/web.yaml does not exist; write: a path from the folder of this configuration',
    ],
    [
      'a glob that matches nothing',
      '  - deploy/*.yaml\n',
      { 'deploy/web.txt': '' },
      'podhost.yaml:8:5 config/no-manifest-file: no file matches deploy/*.yaml; write: a path from the folder of this configuration',
    ],
    [
      'a folder with manifests in folders below it',
      '  - deploy\n',
      { 'deploy/web/web.yaml': object('Service', 'web') },
      'podhost.yaml:8:5 config/no-manifest-file: the folder deploy holds no .yaml, .yml or .json file itself; write: deploy/**/*.yaml',
    ],
    [
      'text that is no YAML',
      '  - web.yaml\n',
      { 'web.yaml': 'kind: [\n' },
      'web.yaml:2:1 config/manifest-yaml: not YAML: unexpected end of the stream within a flow collection; ',
    ],
    [
      'a document that is no object',
      '  - values.yaml\n',
      { 'values.yaml': '# comment\nreplicas: 2\n' },
      'values.yaml:2:1 config/no-manifest: this document is no object of Kubernetes: it has no apiVersion and kind; name the files of manifests alone, or remove the document',
    ],
    [
      'an object without a name',
      '  - web.yaml\n',
      { 'web.yaml': 'apiVersion: v1\nkind: Service\n' },
      'web.yaml:1:1 config/no-manifest-name: Service has no metadata.name, by which a later apply finds it again; write: metadata: { name: … }',
    ],
    [
      'a kustomization among the files of a glob',
      '  - deploy/*.yaml\n',
      { 'deploy/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n' },
      'deploy/kustomization.yaml:1:1 config/no-manifest: deploy/kustomization.yaml is a kustomization, which kustomize must build; write: deploy, the folder of it',
    ],
    [
      'an object that two files hold',
      '  - a.yaml\n  - b.yaml\n',
      { 'a.yaml': object('Service', 'web'), 'b.yaml': object('Service', 'web') },
      'b.yaml:1:1 config/repeated-manifest: Service web stands in a.yaml:1 already; kubectl would apply the later one over it; remove one of the two',
    ],
    [
      'an object of a custom kind whose scope nothing shows',
      '  - a.yaml\n',
      { 'a.yaml': 'apiVersion: example.com/v1\nkind: Oven\nmetadata: { name: big }\n' },
      'a.yaml:1:1 config/unknown-scope: Oven big names no namespace, and nothing read shows whether its kind has one: it gets shop; write: metadata: { namespace: shop }, or add its CustomResourceDefinition to manifests',
    ],
    [
      'a pod that its namespace would refuse',
      '  - a.yaml\n',
      {
        'a.yaml':
          'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: node-reader }\nspec: { template: { spec: { containers: [{ name: main, image: "x:1" }], volumes: [{ name: log, hostPath: { path: /var/log } }] } } }\n',
      },
      'a.yaml:1:1 config/refused-pod: DaemonSet node-reader has a hostPath volume, which the Pod Security Standard baseline of the namespace shop refuses; write: namespaces: { shop: { enforce: privileged } }',
    ],
    [
      'a pod of a custom kind that its namespace would refuse',
      '  - a.yaml\ninstrument: { templates: [{ apiVersion: example.com/v1, kind: Worker, path: spec.pods }] }\n',
      {
        'a.yaml':
          'apiVersion: example.com/v1\nkind: Worker\nmetadata: { name: press, namespace: shop }\nspec: { pods: { spec: { hostNetwork: true, containers: [{ name: main, image: "x:1" }] } } }\n',
      },
      'a.yaml:1:1 config/refused-pod: Worker press has hostNetwork, which the Pod Security Standard baseline of the namespace shop refuses; write: namespaces: { shop: { enforce: privileged } }',
    ],
    [
      'a pod of a Rollout that its namespace would refuse',
      '  - a.yaml\n',
      {
        'a.yaml':
          'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: web, namespace: shop }\nspec: { template: { spec: { hostPID: true, containers: [{ name: main, image: "x:1" }] } } }\n',
      },
      'a.yaml:1:1 config/refused-pod: Rollout web has hostPID, which the Pod Security Standard baseline of the namespace shop refuses; write: namespaces: { shop: { enforce: privileged } }',
    ],
    [
      'a chart that is not there',
      '  - { helm: charts/shop, values: [prod.yaml] }\n',
      { 'charts/shop/Chart.yaml': '' },
      'podhost.yaml:8:5 config/no-manifest-file: prod.yaml does not exist as a local file or folder; write: a path from the folder of this configuration',
    ],
    [
      'a misspelt key of an entry',
      '  - { path: web.yaml, nam: web }\n',
      { 'web.yaml': object('Service', 'web') },
      'podhost.yaml:8:23 config/unknown-key: unknown key "nam" in manifests[0]; write: name',
    ],
  ];

test.each(broken)('%s is a problem with its place', (_, manifests, files, problem) => {
  expect(system(manifests, files).problems()).toEqual([problem]);
});

test.each([
  [
    'helm',
    '  - { helm: chart }\n',
    'config/no-helm: chart is a chart, and there is no helm on the path to render it; install helm 3: https://helm.sh/docs/intro/install/',
  ],
  [
    'kustomize',
    '  - chart\n',
    'config/no-kustomize: chart is a kustomization, and neither kustomize nor kubectl is on the path; install kubectl',
  ],
])('%s that is not on the path is a problem of the entry', (_, manifests, problem) => {
  vi.stubEnv('PATH', temporaryFolder());
  const { problems } = system(manifests, { 'chart/kustomization.yaml': '' });
  expect(problems()).toEqual([`podhost.yaml:8:5 ${problem}`]);
});

test('what helm refuses is the problem of the entry, behind its warnings', () => {
  onPath('helm', 'echo "WARNING: kubeconfig is readable" >&2; echo "Error: chart needs shop.domain" >&2; exit 1');
  const { problems } = system('  - { helm: chart }\n', { 'chart/Chart.yaml': '' });
  expect(problems()[0]).toMatch(
    /^podhost.yaml:8:5 config\/helm-failed: helm template shop chart .*: chart needs shop.domain; $/,
  );
});

test('a name below instrument that no object of manifests has is a warning', () => {
  const instrument = `instrument:
  select: { names: [Deployment/web] }
  exclude: { names: [wbe] }
  languages: { other: go }
`;
  const { problems } = system(`  - all.yaml\n${instrument}`, { 'all.yaml': object('Deployment', 'web') });
  expect(problems()).toEqual([
    'podhost.yaml:11:22 config/unknown-object: no object of manifests has the name wbe; write: web',
    'podhost.yaml:12:23 config/unknown-object: no object of manifests has the name other; write the name of an object, or its kind and name',
  ]);
});

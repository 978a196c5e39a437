import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import { System } from '../../lib/constructs/system.ts';
import { renderApp } from '../../lib/synth/render-app.ts';
import { listAt, textAt, valueAt } from '../../lib/yaml/value.ts';
import { parseManifests } from '../support/synthesized.ts';

/** How the images of the example are built: packages in the home of a user, the application in `/app`, one program a service. */
const image = {
  user: 1000,
  programs: {
    'api-gateway': 'services/api_gateway.py',
    'query-service': 'services/query_service.py',
    'validation-service': 'services/validation_service.py',
    'queue-service': 'services/queue_service.py',
    'processing-service': 'services/processing_service.py',
    'storage-service': 'services/storage_service.py',
    'external-api-service': 'services/external_api_service.py',
    'queue-worker-service': 'services/queue_worker_service.py',
    frontend: 'app/ecommerce_frontend.py',
  },
  /** Folders that a program writes, beside `/tmp`. */
  written: { 'storage-service': ['/app/data'], 'api-gateway': ['/app/data'] },
};

function examplePods() {
  const app = new App();
  new System(app, 'System', loadSystem('config/dataprime-demo.yaml'));
  return renderApp(app)
    .filter(({ path }) => !path.includes('/'))
    .flatMap(({ content }) => parseManifests(content))
    .filter(({ kind }) => kind === 'Deployment')
    .map((object) => [object.metadata.name, valueAt(object, 'spec', 'template', 'spec')] as const);
}

const pods = examplePods();

test('every service of the example has a program of its own', () => {
  const commands = pods.map(([name, pod]) => [name, listAt(pod, 'containers', 0, 'command').at(-1)]);
  expect(Object.fromEntries(commands)).toEqual(image.programs);
});

test.each(pods)('%s of the example runs as the user who has the packages of its image', (_, pod) => {
  expect(valueAt(pod, 'securityContext')).toMatchObject({
    runAsUser: image.user,
    runAsGroup: image.user,
    fsGroup: image.user,
  });
  const container = valueAt(pod, 'containers', 0);
  // Without a user of its own, a container has that of the pod.
  expect(valueAt(container, 'securityContext', 'runAsUser')).toBeUndefined();
  // The folder of the packages follows from HOME, and the programs find each other from the image's working directory.
  const names = listAt(container, 'env').map((variable) => textAt(variable, 'name'));
  expect(names).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(HOME|PATH|PYTHON(PATH|USERBASE|HOME))$/)]),
  );
  expect(container).not.toHaveProperty('workingDir');
});

test.each(pods)('%s of the example can write what its program writes', (name, pod) => {
  const mounts = listAt(pod, 'containers', 0, 'volumeMounts');
  const written = Object.entries(image.written).flatMap(([service, folders]) => (service === name ? folders : []));
  const writable = mounts.filter((mount) => valueAt(mount, 'readOnly') !== true);
  expect(writable.map((mount) => textAt(mount, 'mountPath')).toSorted()).toEqual([...written, '/tmp'].toSorted());
  const volumes = listAt(pod, 'volumes').map((volume) => textAt(volume, 'name'));
  expect(volumes).toEqual(expect.arrayContaining(mounts.map((mount) => textAt(mount, 'name'))));
});

test.each(pods)('no volume of %s hides the program or the packages of its image', (_, pod) => {
  const hidden = listAt(pod, 'containers', 0, 'volumeMounts')
    .map((mount) => textAt(mount, 'mountPath') ?? '')
    .filter((path) =>
      [...Object.values(image.programs), ''].some((program) => `/app/${program}`.startsWith(`${path}/`)),
    );
  expect(hidden).toEqual([]);
  expect(JSON.stringify(pod)).not.toContain('/home');
});

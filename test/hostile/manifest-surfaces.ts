import { join } from 'node:path';
import { capturedRun } from '../cli/captured-run.ts';
import { application, smallSystem } from '../model/support/small-system.ts';
import { asFileName, file, quoted, type Surface, type Surfaces } from './surface.ts';

/** Manifests in which everything that has a name has this one. */
function manifests(name: string): string {
  const label = { labels: { [name]: name }, annotations: { [`podhost.dev/ignore-${name}`]: '' } };
  const props = { name, namespace: name, env: { [name]: name, OTEL_SERVICE_NAME: undefined }, metadata: label };
  const off = { env: { OTEL_SDK_DISABLED: 'true' }, container: { name }, pod: { hostNetwork: true } };
  const other = application({ ...props, ...off, name: `${name}2` });
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...label }, data: { [name]: `$(${name})` } };
  return [application(props), other, config].map(quoted).join('\n---\n');
}

const folderOf = (name: string, text = manifests(name)): string =>
  join(file(`${name}.yaml`, `# podhost-ignore ${asFileName(name).replaceAll(/\p{Cc}/gu, '')}\n${text}\n`), '..');

const linted = (format: string): Surface => ({
  status: 1,
  run: (name) => capturedRun('lint', folderOf(name), '--format', format, '--max-warnings', '0'),
});

export const ofLint: Surfaces = {
  'all names in manifests, as text': linted('text'),
  'all names in manifests, as JSON': linted('json'),
  'all names in manifests, as SARIF': linted('sarif'),
  'all names in manifests, as JUnit': linted('junit'),
  'all names in manifests, as annotations': { ...linted('github'), annotations: true },
  'a line that is no YAML': { status: 1, run: (name) => capturedRun('lint', folderOf(name, `a: [\nb: ${name}`)) },
  'a file that is neither manifest nor values': {
    status: 0,
    run: (name) => capturedRun('lint', folderOf(name, 'a: 1')),
  },
  values: {
    status: 1,
    run: (name) => {
      const key = quoted(name);
      const values = `global: { domain: ${key}, ${key}: 1 }\nopentelemetry-agent: { presets: { ${key}: ${key} } }\n${key}: {}`;
      return capturedRun('lint', '--values', file(`${name}.yaml`, values), folderOf(name));
    },
  },
  'a path that leads nowhere': { status: 2, run: (name) => capturedRun('lint', name) },
  'values that are not there': { status: 2, run: (name) => capturedRun('lint', 'dist', '--values', name) },
  'a rule to explain': { status: 2, run: (name) => capturedRun('lint', '--explain', name) },
  'a severity of an unknown rule': { status: 2, run: (name) => capturedRun('lint', '--rule', `${name}=off`) },
  'an unknown severity': { status: 2, run: (name) => capturedRun('lint', '--rule', `valid-yaml=${name}`) },
  'a chart that is not there': { status: 3, run: (name) => capturedRun('lint', 'dist', '--render', asFileName(name)) },
};

const explained = (format: string): Surface => ({
  status: 1,
  // A slash parts a name from its namespace, and no program is given U+0000.
  run: (name) => {
    const service = name.replaceAll(/[/\0]/g, '');
    return capturedRun('explain', `${service}2`, folderOf(service), '--format', format);
  },
});

/** The small system, in which spans arrive, of a service of this name. */
const whole = (name: string): string =>
  folderOf(
    name,
    smallSystem({ env: { OTEL_SERVICE_NAME: 'NAME' } }).replace(' NAME', () => ` ${quoted(name)}`),
  );

export const ofExplain: Surfaces = {
  'a service whose spans are lost, as text': explained('text'),
  'a service whose spans are lost, as JSON': explained('json'),
  'a service whose spans are lost, as Mermaid': explained('mermaid'),
  'a service whose spans arrive, as text': { status: 0, run: (name) => capturedRun('explain', 'api', whole(name)) },
  'a service that nothing knows': { status: 2, run: (name) => capturedRun('explain', name, 'dist') },
  'services to choose from': { status: 2, run: (name) => capturedRun('explain', 'none', folderOf(name)) },
  'a file that is not read': {
    status: 2,
    run: (name) => capturedRun('explain', name, folderOf(name, `a: [${name}`)),
  },
};

const spans = (name: string): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: name } }] },
        scopeSpans: [{ spans: [{ name, kind: 2, attributes: [{ key: name, value: { stringValue: name } }] }] }],
      },
    ],
  });

export const ofCollectors: Surfaces = {
  'a collector, as text': { status: 0, run: (name) => capturedRun('collectors', whole(name)) },
  'a collector, as JSON': { status: 0, run: (name) => capturedRun('collectors', whole(name), '--format', 'json') },
};

export const ofForecast: Surfaces = {
  'a service, as text': { status: 0, run: (name) => capturedRun('forecast', whole(name)) },
  'a service, as JSON': { status: 0, run: (name) => capturedRun('forecast', whole(name), '--format', 'json') },
  'a recorded service': {
    status: 0,
    run: (name) => capturedRun('forecast', whole(name), '--spans', file('spans.json', spans(name))),
  },
  'a file of spans that is not there': { status: 2, run: (name) => capturedRun('forecast', 'dist', '--spans', name) },
  'a file without spans': { status: 2, run: (name) => capturedRun('forecast', '--spans', file(name, '{}')) },
};

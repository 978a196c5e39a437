import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import { System } from '../../lib/constructs/system.ts';
import { renderApp } from '../../lib/synth/render-app.ts';
import { isMapping, textAt } from '../../lib/yaml/value.ts';
import { type Manifest, parseManifests } from '../support/synthesized.ts';

const folder = join(import.meta.dirname, 'ported');

const key = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.name}`;

function synthesized(file: string): Map<string, Manifest> {
  const app = new App();
  const loaded = loadSystem(join(folder, file));
  expect(loaded.warnings).toEqual([]);
  new System(app, 'System', loaded);
  const files = renderApp(app).filter(({ path }) => !path.includes('/'));
  return new Map(files.flatMap(({ content }) => parseManifests(content)).map((object) => [key(object), object]));
}

/** What each difference is meant for, by the path where it stands. */
const meant: readonly RegExp[] = [
  // Every object belongs to the system, and its pods to their version.
  /^metadata\.(namespace|labels\.app\.kubernetes\.io\/(name|instance|part-of|managed-by|component|version)) added/,
  /metadata\.labels\.app\.kubernetes\.io\/(name|instance|part-of|managed-by|component|version) added/,
  /^metadata\.labels added/,
  /^spec\.jobTemplate\.spec\.template\.metadata added/,
  /metadata\.annotations(\.checksum\/config)? added/,
  // The telemetry, which stands before all else.
  /containers\[\w[\w-]*\]\.env(\[(OTEL_\w+|K8S_\w+|SERVICE_NAME|SERVICE_VERSION|CX_\w+|ENVIRONMENT)\])? added/,
  // What a service is without: a token of the API server, a variable for each Service.
  /spec\.(automountServiceAccountToken|enableServiceLinks) added/,
  /^automountServiceAccountToken added/,
  // A root file system that cannot be written comes with /tmp.
  /^spec\.template\.spec\.volumes added/,
  /volumeMounts added/,
  // Kubernetes' own defaults, and names of ports, which lead to the same ports.
  /imagePullPolicy added/,
  /serviceAccountName added/,
  /containers\[\w+\]\.ports added/,
  /ports\[\d+\]\.name added/,
  /^spec\.ports\[\w+\]\.targetPort \d+ -> "\w+"$/,
  /Probe\.(tcpSocket|httpGet)\.port \d+ -> "?\w+"?$/,
];

/** Where an object differs from the original, one line a value. */
function differences(before: unknown, after: unknown, path = ''): string[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const [one, other] = [byName(before), byName(after)];
    return [...new Set([...one.keys(), ...other.keys()])].flatMap((name) =>
      compared(one.get(name), other.get(name), `${path}[${name}]`),
    );
  }
  if (isMapping(before) && isMapping(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => compared(before[name], after[name], path === '' ? name : `${path}.${name}`));
  }
  return JSON.stringify(before) === JSON.stringify(after)
    ? []
    : [`${path} ${JSON.stringify(before)} -> ${JSON.stringify(after)}`];
}

const compared = (before: unknown, after: unknown, path: string): string[] =>
  before === undefined
    ? [`${path} added`]
    : after === undefined
      ? [`${path} removed`]
      : differences(before, after, path);

const byName = (list: readonly unknown[]): Map<string, unknown> =>
  new Map(
    list.map((entry, index) => [textAt(entry, 'containerPort') ?? textAt(entry, 'name') ?? String(index), entry]),
  );

test.each(['storefront', 'bank', 'telescope', 'assistant'])(
  'the objects of %s differ from those that run only where it is meant',
  (system) => {
    const objects = synthesized(`${system}.podhost.yaml`);
    const unmeant = parseManifests(readFileSync(join(folder, `${system}.original.yaml`), 'utf8')).flatMap(
      (original) => {
        const object = objects.get(key(original));
        return object === undefined
          ? [`${key(original)} is missing`]
          : differences(original, object)
              .filter((line) => !meant.some((pattern) => pattern.test(line)))
              .map((line) => `${key(original)}: ${line}`);
      },
    );
    expect(unmeant).toEqual([]);
  },
);

import { capturedRun } from '../cli/captured-run.ts';
import { minimal } from '../config/minimal.ts';
import { file, quoted, type Surface, type Surfaces } from './surface.ts';

/** The minimal configuration with a hostile text in place of some words. */
const checked = (was: string, is: (name: string) => string, ...more: string[]): Surface => ({
  status: 2,
  run: (name) =>
    capturedRun(
      'check',
      '--config',
      file(
        'shop.yaml',
        minimal.replace(was, () => is(name)),
      ),
      ...more,
    ),
});

export const ofCheck: Surfaces = {
  'the name of a file that is not there': { status: 2, run: (name) => capturedRun('check', '--config', name) },
  'the name of a file that is broken': {
    status: 2,
    run: (name) => capturedRun('check', '--config', file(name, 'name: [')),
  },
  'an unknown key': checked('name: shop\n', (name) => `name: shop\n${quoted(name)}: 1\n`),
  'an unknown key, as JSON': checked('name: shop\n', (name) => `name: shop\n${quoted(name)}: 1\n`, '--format', 'json'),
  'the name of the system': checked('name: shop\n', (name) => `name: ${quoted(name)}\n`),
  'a namespace': checked('namespace: shop\n', (name) => `namespace: ${quoted(name)}\n`),
  'the name of a service': checked('name: api\n', (name) => `name: ${quoted(name)}\n`),
  'an image': checked('web:latest', quoted),
  'a configuration key': checked('LOG_LEVEL: info', (name) => `${quoted(name)}: info`),
  'a reference to a key': checked('[LOG_LEVEL]', (name) => `[${quoted(name)}]`),
  'the name of a variable': checked('{ MODE: fast }', (name) => `{ ${quoted(name)}: fast }`),
  'a list where a text belongs': checked('{ MODE: fast }', (name) => `{ MODE: [${quoted(name)}, a] }`),
  'a quantity': checked('cpu: 50m', (name) => `cpu: ${quoted(name)}`),
  'the name of a claim': checked('name: api-data', (name) => `name: ${quoted(name)}`),
  'a key of a Secret': checked('[DB_PASSWORD, API_KEY]', (name) => `[DB_PASSWORD, API_KEY, ${quoted(name)}]`),
  'the host of the Ingress': checked('shop.example.com', quoted),
  'a comment beside a fault': {
    ...checked('port: 8081', (name) => `port: none # ${name}`),
    isSilent: true,
  },
  'the rest of the line of a fault': { ...checked('port: 8081', (name) => `port: { ${name}`), isSilent: true },
  'an anchor': { ...checked('port: 8081', (name) => `port: *${name}`), isSilent: true },
  'a tag': { ...checked('port: 8081', (name) => `port: !${name} 8081`), isSilent: true },
  'the name of a rule': checked('ingress:', (name) => `lint: { rules: { ${quoted(name)}: bad } }\ningress:`),
};

import { isMapping, type Mapping, textAt, valueAt } from '../../yaml/value.ts';
import { keyExamples } from './key-examples.ts';
import { configJsonSchema } from './system.ts';

/** A key with what a reader needs to write it. */
export interface DocumentedKey {
  /** Path from the top of the file, `[]` for the entries of a list. */
  readonly path: string;
  readonly schema: Mapping;
  readonly isRequired: boolean;
}

/** The keys of one mapping. */
interface Section {
  readonly path: string;
  readonly keys: readonly DocumentedKey[];
}

/** Mappings that a value may be: itself, the entries of a list, or the alternatives. */
function mappingsIn(schema: Mapping): readonly { readonly suffix: string; readonly schema: Mapping }[] {
  if (isMapping(schema['properties'])) {
    return [{ suffix: '', schema }];
  }
  const alternatives = [schema['anyOf'], schema['oneOf']].flatMap((of) => (Array.isArray(of) ? of : []));
  const found = alternatives.filter(isMapping).flatMap((alternative) => mappingsIn(alternative));
  const { items, additionalProperties } = schema;
  return [
    ...found,
    ...(isMapping(items) ? mappingsIn(items).map((of) => ({ ...of, suffix: `[]${of.suffix}` })) : []),
    ...(isMapping(additionalProperties)
      ? mappingsIn(additionalProperties).map((of) => ({ ...of, suffix: `.NAME${of.suffix}` }))
      : []),
  ];
}

function sectionsOf(schema: Mapping, path: string, seen: Set<string>): Section[] {
  return mappingsIn(schema).flatMap(({ suffix, schema: mapping }) => {
    const at = `${path}${suffix}`;
    const properties = isMapping(mapping['properties']) ? mapping['properties'] : {};
    const text = JSON.stringify(properties);
    if (seen.has(text) || Object.keys(properties).length === 0) {
      return [];
    }
    seen.add(text);
    const { required } = mapping;
    const keys = Object.entries(properties).flatMap(([key, value]): DocumentedKey[] =>
      isMapping(value)
        ? [
            {
              path: at === '' ? key : `${at}.${key}`,
              schema: value,
              isRequired: Array.isArray(required) && required.includes(key),
            },
          ]
        : [],
    );
    return [{ path: at, keys }, ...keys.flatMap((key) => sectionsOf(key.schema, key.path, seen))];
  });
}

/** Every key of the configuration, each under the first path at which it stands. */
export const documentedKeys = (): readonly DocumentedKey[] =>
  sectionsOf(configJsonSchema(), '', new Set()).flatMap(({ keys }) => keys);

/** A value that may stand behind a key, as YAML of one line. */
export function exampleOf({ path, schema }: DocumentedKey): string | undefined {
  const own = keyExamples[path];
  const value = schema['const'] ?? schema['default'] ?? valueAt(schema, 'enum', 0);
  if (own === undefined && value !== undefined && !isEmpty(value)) {
    return JSON.stringify(value);
  }
  const named = own ?? keyExamples[path.replace(/^.*\./, '')];
  return named ?? (schema['type'] === 'boolean' ? 'true' : composed(path, schema));
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** An example of a mapping that is made of the examples of its keys: those that must be there, or the first one. */
function composed(path: string, schema: Mapping): string | undefined {
  const [mapping] = mappingsIn(schema);
  if (mapping === undefined) {
    return undefined;
  }
  const { properties, required } = mapping.schema;
  const names = isMapping(properties) ? Object.keys(properties) : [];
  const needed = names.filter((name) => Array.isArray(required) && required.includes(name));
  const parts = (needed.length > 0 ? needed : names.slice(0, 1)).map((name) => {
    const value = valueAt(properties, name);
    const key = { path: `${path}${mapping.suffix}.${name}`, schema: isMapping(value) ? value : {}, isRequired: true };
    return `${name}: ${exampleOf(key)}`;
  });
  const text = `{ ${parts.join(', ')} }`;
  const inMapping = mapping.suffix.startsWith('.NAME') ? `{ NAME: ${text} }` : text;
  return mapping.suffix.startsWith('[]') ? `[${inMapping}]` : inMapping;
}

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

function typeOf(schema: Mapping): string {
  const { type, const: constant } = schema;
  const options = schema['enum'];
  if (Array.isArray(options)) {
    return options.map((option) => `\`${String(option)}\``).join(', ');
  }
  if (constant !== undefined) {
    return `\`${String(constant)}\``;
  }
  if (type === 'array') {
    return 'list';
  }
  if (type === 'object' || isMapping(schema['properties'])) {
    return 'mapping';
  }
  const [first] = Array.isArray(type) ? type : [type];
  return schema['anyOf'] !== undefined || schema['oneOf'] !== undefined ? 'one of several' : String(first ?? 'any');
}

function row(key: DocumentedKey): string {
  const name = key.path.replace(/^.*\./, '');
  const description = textAt(key.schema, 'description') ?? '';
  const example = exampleOf(key);
  const shown = example === undefined ? '' : `\`${name}: ${example}\``;
  return `| \`${name}\`${key.isRequired ? ' *' : ''} | ${typeOf(key.schema)} | ${escaped(description)} | ${escaped(shown)} |`;
}

const introduction = `<!-- Generated by \`npm run generate:configuration\` from lib/config/schema. -->

# Configuration

One YAML file describes a system. Every key is below, each with an example; \`*\` marks a key that must be there. \`podhost check
--config FILE\` reports every mistake with its place and the text to write. Editors check the file while it is written by
[schema/config.schema.json](../schema/config.schema.json); [config/dataprime-demo.yaml](../config/dataprime-demo.yaml) is a
whole one.

A service is what plain Kubernetes makes of its image: each key adds to that, and \`hardened: true\` makes its pods as the restricted
Pod Security Standard wants them. Values of type mapping whose meaning names a type of Kubernetes, such as \`affinity\`, are
written as in a manifest and checked against the API of Kubernetes 1.33. A field of the API that has no key is set by \`patch\`. A mapping that
stands in several places is described where it stands first.

## Several files

\`--config base.yaml --config prod.yaml\` merges files, in every command; each stands above those before it, as values of helm do:

- mappings are merged key by key;
- lists whose entries all have a \`name\`, such as \`services\` and their \`volumes\`, are merged by name, and new entries come last;
- other lists and all other values are replaced;
- \`null\`, or nothing, removes a key; \`{ name: NAME, $patch: delete }\` removes an entry of a list. Inside \`patch\` both keep the
  meaning that they have in a strategic merge patch.

The result is checked as one configuration, and each problem has its place in the file that the value comes from. A path, such as
one of \`manifests\` or \`initSql\`, starts from the folder of the file that it stands in.

## Variables

\`variables\` declares which variables of the environment a file uses; without it nothing is replaced. References are replaced in the
values that were parsed, never in the text of the file, so that no value can change what the rest means:

\`\`\`yaml
variables: [STAGE, { name: TAG, default: latest }]
environment: \${STAGE}
services:
  - { name: web, image: "registry.example.com/web:\${TAG}" }
\`\`\`

A variable that is not set and has no default, and a reference that is not declared, are problems; \`$\${NAME}\` is the text itself.
What replaces a reference stands in the output, so that a variable can be no secret: services read secrets by \`secret.keys\` and
\`secretKeys\`.

## Existing manifests

\`manifests\` takes over what exists: files, folders, globs, kustomizations, which \`kustomize\` or \`kubectl\` builds, and charts, which
\`helm template\` renders. Every workload gets what \`podhost instrument\` adds; selectors, probes, users, replicas and everything else
stay. Objects get the namespace of the system where they name none, and the labels by which \`podhost deploy\` and \`undeploy\` know
them again. Each namespace with workloads gets the alias Service of the collector. A Namespace among the manifests takes the place
of the one that is synthesized otherwise, and a Secret with values is left out. [manifests.md](manifests.md) has the ways in.
`;

/** The page `docs/configuration.md`. */
export function configurationDocument(): string {
  const sections = sectionsOf(configJsonSchema(), '', new Set()).map(({ path, keys }) => {
    const title = path === '' ? '## The file' : `## \`${path}\``;
    return `${title}\n\n| key | value | meaning | example |\n| --- | --- | --- | --- |\n${keys.map(row).join('\n')}\n`;
  });
  return `${introduction}
${sections.join('\n')}`;
}

import fc from 'fast-check';

/** Entries that programs, operators and this project write, good and bad, each as name, value or field. */
const entry = fc.oneof(
  fc.record({
    name: fc.constantFrom('A', 'B', 'PORT', 'TEAM', 'HOST', 'K8S_POD_NAME'),
    value: fc.constantFrom('x', '8080', '', '$(A)', '$(TEAM)-x', '$(B)$(HOST)', '$(POD_NAME)', 'a b', "it's", '$$(A)'),
  }),
  fc.record({
    name: fc.constantFrom('POD_NAME', 'POD_IP', 'K8S_POD_IP', 'NODE', 'HOST_IP', 'MY_UID'),
    field: fc.constantFrom('metadata.name', 'status.podIP', 'spec.nodeName', 'status.hostIP', 'metadata.uid'),
  }),
  fc.record({
    name: fc.constant('OTEL_RESOURCE_ATTRIBUTES'),
    value: fc.constantFrom(
      '',
      'team=core',
      'team=$(TEAM)',
      'k8s.pod.ip=$(POD_IP)',
      'k8s.pod.ip=$(HOST_IP),team=core',
      'k8s.pod.name=$(POD_NAME),k8s.node.name=by-hand',
      'service.name=shop,',
      'broken,team=core',
      'deployment.environment=staging',
      ' team = core , other=1',
    ),
  }),
  fc.record({
    name: fc.constantFrom('OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'),
    value: fc.constantFrom(
      'http://localhost:4317',
      'http://$(HOST_IP):4317',
      'otel:4318',
      'https://ingress.eu2.coralogix.com:443',
      'http://$(NOWHERE):4317',
      'http://coralogix-opentelemetry-collector:4317',
      '',
    ),
  }),
  fc.record({ name: fc.constant('OTEL_EXPORTER_OTLP_PROTOCOL'), value: fc.constantFrom('grpc', 'http/protobuf') }),
  fc.record({ name: fc.constant('OTEL_SERVICE_NAME'), value: fc.constantFrom('shop', '$(A)', '$(HOST)-$(B)', '') }),
  fc.record({
    name: fc.constantFrom('OTEL_RESOURCE_ATTRIBUTES', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'C'),
    key: fc.constantFrom('k', 'other'),
  }),
);

type Entry = { readonly name: string; readonly value?: string; readonly field?: string; readonly key?: string };

const entries = fc.oneof(
  { weight: 4, arbitrary: fc.uniqueArray(entry, { maxLength: 7, selector: ({ name }) => name }) },
  { weight: 1, arbitrary: fc.array(entry, { maxLength: 7 }) },
);

const quote = fc.constantFrom('plain', 'single', 'double', 'block');

const layout = fc.record({
  env: fc.constantFrom('block', 'block', 'block', 'flow', 'flow-lines'),
  empty: fc.constantFrom('absent', 'null', '[]', '[ ]', '~'),
  quote,
  dash: fc.constantFrom(0, 2),
  comments: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n'),
  lastNewline: fc.boolean(),
  metadata: fc.constantFrom('labels', 'none', 'annotations', 'empty-annotations', 'null', 'flow'),
  envLast: fc.boolean(),
  nameFirst: fc.boolean(),
  second: fc.boolean(),
  kind: fc.constantFrom('Deployment', 'CronJob', 'Pod', 'Job', 'List'),
});

type Layout = typeof layout extends fc.Arbitrary<infer T> ? T : never;

/** Manifests in the ways in which people and programs write them. */
export const manifestText = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(entries, layout).map(([env, options]) => blockText(env, options)) },
  {
    weight: 1,
    arbitrary: fc.tuple(entries, fc.constantFrom(undefined, 2)).map(([env, indent]) => jsonText(env, indent)),
  },
);

const plainSafe = /^[A-Za-z0-9$(][\w./=$()@-]*$|^\w+:\/\/[\w./:$()-]+$/;

function scalar(value: string, style: string, indentation: string): string {
  if (style === 'block' && value !== '' && !value.startsWith(' ')) {
    return `>-\n${indentation}  ${value}`;
  }
  return style === 'single' || value.includes('"')
    ? `'${value.replaceAll("'", "''")}'`
    : style === 'plain' && plainSafe.test(value)
      ? value
      : JSON.stringify(value);
}

function blockText(env: readonly Entry[], options: Layout): string {
  const pad = ' '.repeat(options.dash);
  const list =
    env.length === 0
      ? emptyList(options.empty)
      : options.env === 'block'
        ? blockList(env, options, pad)
        : flowList(env, options.env);
  const main = [...(options.nameFirst ? ['name: app', 'image: acme/web:1.2'] : ['image: acme/web:1.2', 'name: app'])];
  const ports = ['ports:', `${pad}- containerPort: 80${options.comments ? ' # http' : ''}`];
  const body = options.envLast ? [...main, ...ports, ...list] : [...main, ...list, ...ports];
  const containers = [
    `${pad}- ${body[0]}`,
    ...body.slice(1).map((line) => `${pad}  ${line}`),
    ...(options.second ? [`${pad}- name: cache`, `${pad}  image: redis:7`] : []),
  ];
  const spec = ['spec:', '  containers:', ...containers.map((line) => `  ${line}`)];
  const template = [...metadataLines(options.metadata), ...spec];
  const text = wrapped(template, options.kind).join('\n');
  const commented = options.comments
    ? `# Copyright\n${text.replace('containers:', 'containers: # all of them')}\n# end`
    : text;
  return (commented + (options.lastNewline ? '\n' : '')).replaceAll('\n', options.newline);
}

function wrapped(template: readonly string[], kind: string): string[] {
  const below = (lines: readonly string[], by: number) => lines.map((line) => ' '.repeat(by) + line);
  const head = (name: string, group: string) => [`apiVersion: ${group}`, `kind: ${name}`, 'metadata:', '  name: web'];
  switch (kind) {
    case 'Pod':
      return ['apiVersion: v1', 'kind: Pod', ...template];
    case 'CronJob':
      return [
        ...head(kind, 'batch/v1'),
        'spec:',
        '  jobTemplate:',
        '    spec:',
        '      template:',
        ...below(template, 8),
      ];
    case 'List': {
      const inner = [...head('Deployment', 'apps/v1'), 'spec:', '  template:', ...below(template, 4)];
      return ['apiVersion: v1', 'kind: List', 'items:', `- ${inner[0]}`, ...below(inner.slice(1), 2)];
    }
    default:
      return [...head(kind, kind === 'Job' ? 'batch/v1' : 'apps/v1'), 'spec:', '  template:', ...below(template, 4)];
  }
}

const metadataLines = (kind: string): string[] =>
  ({
    none: [],
    labels: ['metadata:', '  labels:', '    app: web'],
    annotations: ['metadata:', '  annotations:', '    a: b # why', '  labels: {app: web}'],
    'empty-annotations': ['metadata:', '  annotations: {}'],
    null: ['metadata:'],
    flow: ['metadata: {labels: {app: web}}'],
  })[kind] ?? [];

const emptyList = (kind: string): string[] => (kind === 'absent' ? [] : [kind === 'null' ? 'env:' : `env: ${kind}`]);

function blockList(env: readonly Entry[], { quote: style, comments }: Layout, pad: string): string[] {
  const lines = env.flatMap(({ name, value, field, key }, index) => [
    ...(comments && index % 2 === 1 ? [`# about ${name}`] : []),
    `- name: ${name}${comments && index % 3 === 0 ? ' # inline' : ''}`,
    ...(field !== undefined
      ? ['  valueFrom:', '    fieldRef:', `      fieldPath: ${field}`]
      : key !== undefined
        ? ['  valueFrom:', `    configMapKeyRef: {name: shared, key: ${key}}`]
        : `  value: ${scalar(value ?? '', style, '  ')}`.split('\n')),
    ...(comments && index % 4 === 2 ? [''] : []),
  ]);
  return ['env:', ...lines.map((line) => (line === '' ? '' : pad + line))];
}

const writtenEntry = ({ name, value, field, key }: Entry): object => ({
  name,
  ...(field !== undefined
    ? { valueFrom: { fieldRef: { fieldPath: field } } }
    : key !== undefined
      ? { valueFrom: { configMapKeyRef: { name: 'shared', key } } }
      : { value }),
});

function flowList(env: readonly Entry[], style: string): string[] {
  const texts = env.map((value) => JSON.stringify(writtenEntry(value)));
  return style === 'flow'
    ? [`env: [${texts.join(', ')}]`]
    : ['env: [', ...texts.map((text, index) => `  ${text}${index < texts.length - 1 ? ',' : ''}`), ']'];
}

function jsonText(env: readonly Entry[], indent: number | undefined): string {
  const container = { name: 'app', image: 'acme/web:1.2', ...(env.length === 0 ? {} : { env: env.map(writtenEntry) }) };
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } };
  return JSON.stringify(
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template } },
    undefined,
    indent,
  );
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { explanationSchema } from '../lib/explain/json.ts';
import { forecastReportSchema } from '../lib/forecast/json.ts';
import { instrumentReportSchema } from '../lib/instrument/json-schema.ts';
import { inventorySchema } from '../lib/inventory/json.ts';
import { lintResultSchema, ruleListSchema } from '../lib/lint/formats/json-schema.ts';
import { problemsSchema } from '../lib/problems/problems-schema.ts';
import { synthesisSchema } from '../lib/synth/json-schema.ts';
import { verificationSchema } from '../lib/verify/output/json.ts';

// Writes schema/NAME.schema.json and docs/json.md from the schemas beside the code that prints the JSON.

const outputs = [
  {
    name: 'problems',
    title: '`podhost check`, and every command that fails',
    command: 'podhost check --format json',
    schema: problemsSchema,
  },
  {
    name: 'synth',
    title: '`podhost synth`',
    command: 'podhost synth --format json',
    schema: synthesisSchema,
  },
  { name: 'lint', title: '`podhost lint`', command: 'podhost lint PATH... --format json', schema: lintResultSchema },
  {
    name: 'lint-rules',
    title: '`podhost lint --list`',
    command: 'podhost lint --list --format json',
    schema: ruleListSchema,
  },
  {
    name: 'explain',
    title: '`podhost explain`',
    command: 'podhost explain SERVICE --format json',
    schema: explanationSchema,
  },
  {
    name: 'forecast',
    title: '`podhost forecast`',
    command: 'podhost forecast --format json',
    schema: forecastReportSchema,
  },
  {
    name: 'collectors',
    title: '`podhost collectors`',
    command: 'podhost collectors --format json',
    schema: inventorySchema,
  },
  {
    name: 'instrument',
    title: '`podhost instrument`',
    command: 'podhost instrument PATH... --format json',
    schema: instrumentReportSchema,
  },
  {
    name: 'verify',
    title: '`podhost verify`',
    command: 'podhost verify PATH... --format json',
    schema: verificationSchema,
  },
];

type JsonSchema = z.core.JSONSchema.JSONSchema;

const jsonSchema = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    override: ({ jsonSchema: made }) => {
      delete made.readOnly;
      // A reader of today accepts the keys of tomorrow.
      delete made.additionalProperties;
      // The range of numbers that JavaScript counts exactly tells a reader nothing.
      if (made.maximum === Number.MAX_SAFE_INTEGER) {
        delete made.maximum;
      }
    },
  });

interface Row {
  readonly key: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly meaning: string;
}

/** A row for each key, those of nested objects after it. */
function rows(schema: JsonSchema, prefix = ''): Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    if (typeof property === 'boolean') {
      throw new Error(`${prefix}${name} has no schema`);
    }
    const { type, nested, suffix } = shape(property);
    const row: Row = {
      key: `${prefix}${name}`,
      type,
      isOptional: schema.required?.includes(name) !== true,
      meaning: property.description ?? '',
    };
    // A place is the same everywhere, and explained once.
    return name === 'place'
      ? [row]
      : [row, ...(nested === undefined ? [] : rows(nested, `${prefix}${name}${suffix}.`))];
  });
}

interface Shape {
  readonly type: string;
  readonly nested?: JsonSchema;
  /** What stands between the key of the outer and that of the inner. */
  readonly suffix: string;
}

function shape(property: JsonSchema): Shape {
  if (property.const !== undefined) {
    return { type: `\`${JSON.stringify(property.const)}\``, suffix: '' };
  }
  if (property.enum !== undefined) {
    return { type: property.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', '), suffix: '' };
  }
  if (property.anyOf !== undefined) {
    const shapes = property.anyOf.map(shapeOf);
    const nested = shapes.find((each) => each.nested !== undefined)?.nested;
    return { type: shapes.map(({ type }) => type).join(' or '), suffix: '', ...(nested && { nested }) };
  }
  if (property.type === 'array') {
    const item = property.items;
    if (item === undefined || typeof item === 'boolean' || Array.isArray(item)) {
      throw new Error('an array without one schema for its items');
    }
    const of = shape(item);
    return { type: `array of ${of.type}`, suffix: '[]', ...(of.nested && { nested: of.nested }) };
  }
  const type = [property.type ?? []].flat().join(' or ');
  return { type, suffix: '', ...(property.type === 'object' && { nested: property }) };
}

const shapeOf = (schema: JsonSchema | boolean): Shape => {
  if (typeof schema === 'boolean') {
    throw new Error('a union with a member without a schema');
  }
  return shape(schema);
};

const table = (all: readonly Row[]): string =>
  [
    '| key | type | meaning |',
    '| --- | --- | --- |',
    ...all.map(({ key, type, isOptional, meaning }) => `| \`${key}\`${isOptional ? '?' : ''} | ${type} | ${meaning} |`),
  ].join('\n');

const header = `<!-- Generated by \`npm run generate:json\`. -->

# JSON output

Every command that reports has \`--format json\`: one JSON object on standard output. Its shape is a JSON Schema in
[schema/](../schema), installed as \`cdk8s-podhost/schema/NAME.schema.json\`. \`version\` grows by one when a key is renamed,
removed or gets another meaning; a new key leaves it as it is. \`?\` marks a key that may be missing. A \`place\` is an object
of \`file\`, \`line\` and \`column\`; lines and columns count from 1.

The exit status is the same as with text: 0 without findings, 1 with findings, 2 for a wrong input or usage, 3 when something
outside failed or nothing was proven. A command that cannot do its work prints the shape \`problems\`, whatever its own is. Where the command line
itself is wrong, such as an unknown option, standard output is empty and standard error has the reason.
`;

const folder = new URL('../schema/', import.meta.url);
mkdirSync(folder, { recursive: true });
const sections = outputs.map(({ name, title, command, schema }) => {
  const { $schema, ...made } = jsonSchema(schema);
  const written = { $schema, title: `JSON of ${command}`, $comment: 'Generated by `npm run generate:json`.', ...made };
  writeFileSync(new URL(`${name}.schema.json`, folder), `${JSON.stringify(written, null, 2)}\n`);
  return `## ${title}\n\n\`${command}\`, [schema/${name}.schema.json](../schema/${name}.schema.json)\n\n${table(rows(made))}\n`;
});
writeFileSync(new URL('../docs/json.md', import.meta.url), [header, ...sections].join('\n'));

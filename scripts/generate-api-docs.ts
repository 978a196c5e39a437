import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { z } from 'zod';

// Writes docs/api.md from the built declarations: what lib/index.ts exports, with its docstrings. A missing docstring or a
// missing `@default` of an optional property fails the run.

const tokens = z.array(z.object({ text: z.string() }));
const range = z.object({ startIndex: z.int(), endIndex: z.int() });

const memberSchema = z.object({
  kind: z.string(),
  name: z.string().optional(),
  docComment: z.string().default(''),
  excerptTokens: tokens,
  isOptional: z.boolean().default(false),
  isStatic: z.boolean().default(false),
  isProtected: z.boolean().default(false),
  propertyTypeTokenRange: range.optional(),
  returnTypeTokenRange: range.optional(),
  parameters: z.array(z.object({ parameterName: z.string(), parameterTypeTokenRange: range })).default([]),
});

const itemSchema = memberSchema.extend({
  name: z.string(),
  members: z.array(memberSchema).default([]),
});

type Member = z.output<typeof memberSchema>;
type Item = z.output<typeof itemSchema>;

const packageSchema = z.object({ members: z.tuple([z.object({ members: z.array(itemSchema) })]) });

/** The exports of the library, in the order of their names. */
function exportedItems(): Item[] {
  const projectFolder = join(import.meta.dirname, '..');
  const folder = mkdtempSync(join(tmpdir(), 'podhost-api-'));
  try {
    const apiJsonFilePath = join(folder, 'api.json');
    const mainEntryPointFilePath = join(projectFolder, 'build/lib/index.d.ts');
    const config = ExtractorConfig.prepare({
      packageJsonFullPath: join(projectFolder, 'package.json'),
      configObjectFullPath: undefined,
      configObject: {
        projectFolder,
        mainEntryPointFilePath,
        compiler: {
          overrideTsconfig: {
            extends: join(projectFolder, 'tsconfig.json'),
            compilerOptions: { skipLibCheck: true },
            files: [mainEntryPointFilePath],
          },
        },
        apiReport: { enabled: false },
        docModel: { enabled: true, apiJsonFilePath },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
      },
    });
    const { succeeded } = Extractor.invoke(config, {
      localBuild: true,
      messageCallback: (message) => {
        // Its notes on style are not ours; an error makes the run fail.
        message.handled = message.logLevel !== 'error';
      },
    });
    if (!succeeded) {
      throw new Error('api-extractor found errors in build/lib/index.d.ts');
    }
    return packageSchema.parse(JSON.parse(readFileSync(apiJsonFilePath, 'utf8'))).members[0].members;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Docstring {
  readonly summary: string;
  /** Texts of a tag, e.g. `@see`, in the order in which they stand. */
  tag(name: string): readonly string[];
}

function docstring(comment: string): Docstring {
  const text = comment.replaceAll(/^\s*\/\*\*|\*\/\s*$/g, '').replaceAll(/^[ \t]*\* ?/gm, '');
  const [summary = '', ...tags] = text.split(/^@/m).map((part) => part.trim().replaceAll(/\s*\n\s*/g, ' '));
  return {
    summary,
    tag: (name) => tags.filter((part) => part.startsWith(`${name} `)).map((part) => part.slice(name.length + 1)),
  };
}

const typeOf = ({ excerptTokens }: Member, of: z.output<typeof range> | undefined): string =>
  excerptTokens
    .slice(of?.startIndex, of?.endIndex)
    .map(({ text }) => text)
    .join('')
    .replaceAll(/\s+/g, ' ')
    .replace(/;$/, '');

const excerpt = ({ excerptTokens }: Member): string => excerptTokens.map(({ text }) => text).join('');

const missing: string[] = [];

function summaryOf(name: string, member: Member): string {
  const { summary } = docstring(member.docComment);
  if (summary === '') {
    missing.push(`${name} has no docstring`);
  }
  return summary;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

function propertyRow(owner: string, member: Member): string {
  const name = member.name ?? '';
  const type = typeOf(member, member.propertyTypeTokenRange) || excerpt(member).replace(/^.*= |;$/g, '');
  const [fallback] = docstring(member.docComment).tag('default');
  if (member.isOptional && fallback === undefined) {
    missing.push(`${owner}.${name} has no @default`);
  }
  const meaning = [summaryOf(`${owner}.${name}`, member), ...(fallback === undefined ? [] : [defaultText(fallback)])];
  return `| \`${name}\`${member.isOptional ? '?' : ''} | \`${cell(type)}\` | ${cell(meaning.join(' '))} |`;
}

/** Prose begins with a hyphen, anything else is a value. */
const defaultText = (text: string): string =>
  text.startsWith('- ') ? `Default: ${text.slice(2)}.` : `Default: \`${text}\`.`;

function methodRow(owner: string, member: Member): string {
  const { tag } = docstring(member.docComment);
  const signature = excerpt(member).replaceAll(/\s+/g, ' ').replace(/;$/, '');
  const thrown = tag('throws').map((text) => `Throws ${text}.`);
  const meaning = [summaryOf(`${owner}.${member.name ?? 'constructor'}`, member), ...thrown].join(' ');
  return `| \`${cell(signature)}\` | ${cell(meaning)} |`;
}

const table = (header: string, rows: readonly string[]): string[] =>
  rows.length === 0 ? [] : ['', `| ${header} |`, `|${header.replaceAll(/[^|]+/g, ' --- ')}|`, ...rows];

function section(item: Item): string {
  const { tag } = docstring(item.docComment);
  const properties = item.members.filter(({ kind }) => kind === 'Property' || kind === 'PropertySignature');
  const methods = item.members.filter(({ kind }) => kind === 'Method' || kind === 'MethodSignature');
  const created = item.members.find(({ kind }) => kind === 'Constructor');
  const isObject = item.kind === 'Class' || item.kind === 'Interface';
  const declaration = excerpt(created ?? item).replace(/^export (declare )?/, '');
  const heading = excerpt(item)
    .replace(/^export (declare )?/, '')
    .trim();
  return [
    `### ${item.name}`,
    '',
    summaryOf(item.name, item),
    ...tag('see').map((link) => `See <${link}>.`),
    '',
    '```ts',
    isObject ? heading : shortened(declaration.trim()),
    ...(created === undefined ? [] : [creation(item.name, declaration)]),
    '```',
    ...[...tag('throws'), ...(created === undefined ? [] : docstring(created.docComment).tag('throws'))].map(
      (text) => `\nThrows ${text}.`,
    ),
    ...table(
      'property | type | meaning',
      properties.map((member) => propertyRow(item.name, member)),
    ),
    ...table(
      'method | meaning',
      methods.map((member) => methodRow(item.name, member)),
    ),
    '',
  ].join('\n');
}

/** A class that is abstract is created by those that extend it. */
const creation = (name: string, declaration: string): string =>
  declaration.startsWith('protected') ? declaration : `new ${name}${declaration.slice(declaration.indexOf('('))}`;

/** The type of a schema has no text that helps a reader. */
const shortened = (declaration: string): string =>
  declaration.length > 400 ? `${declaration.slice(0, 400)} …` : declaration;

const groups: readonly { readonly title: string; readonly has: (item: Item) => boolean }[] = [
  {
    title: 'Constructs',
    has: ({ kind, name }) => (kind === 'Class' && name !== 'PodhostError') || /(?<!Synthesize)Props$/.test(name),
  },
  { title: 'Functions', has: ({ kind, name }) => kind === 'Function' || name.startsWith('Synthes') },
  { title: 'Errors', has: ({ name }) => ['PodhostError', 'Problem', 'Place', 'FailureStatus'].includes(name) },
  { title: 'Types and values', has: () => true },
];

const header = `<!-- Generated by \`npm run generate:api\` from the docstrings of lib. -->

# API

What \`import … from 'cdk8s-podhost'\` gives. [examples/](../examples) has whole programs. \`Construct\`, \`App\` and \`Chart\` are
those of \`constructs\` and \`cdk8s\`, \`k8s\` is that of \`cdk8s-plus-27\`. A property with \`?\` is optional.
`;

const items = exportedItems().sort((one, other) => (one.name < other.name ? -1 : 1));
const grouped = groups.map(({ title, has }, index) => ({
  title,
  items: items.filter((item) => has(item) && !groups.slice(0, index).some((before) => before.has(item))),
}));
const contents = grouped.map(
  (group) => `- ${group.title}: ${group.items.map(({ name }) => `[${name}](#${name.toLowerCase()})`).join(', ')}`,
);
const text = [
  header,
  ...contents,
  '',
  ...grouped.flatMap((group) => [`## ${group.title}`, '', ...group.items.map(section)]),
].join('\n');
if (missing.length > 0) {
  throw new Error(missing.join('\n'));
}
writeFileSync(new URL('../docs/api.md', import.meta.url), text);

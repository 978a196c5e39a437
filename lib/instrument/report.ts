import type { z } from 'zod';
import { maskSecrets } from '../secrets/mask-secrets.ts';
import { firstFew } from '../text/list.ts';
import { visibleJson } from '../text/visible.ts';
import type { InstrumentedSources } from './instrument-sources.ts';
import type { instrumentReportSchema } from './json-schema.ts';
import type { CodedReason, ReasonCode } from './reason.ts';
import type { ObjectResult } from './text/instrument-text.ts';

/** The lines of a run: one an object, then warnings by code, then what was judged. */
export function reportLines({ files, warnings }: InstrumentedSources): string[] {
  const objects = files.flatMap((file) => file.objects);
  const judged = objects.filter(({ status }) => status !== 'other');
  const severalNamespaces = new Set(judged.map(({ namespace }) => namespace)).size > 1;
  const title = (object: ObjectResult) => titleOf(object, severalNamespaces);
  const empty = files.filter(({ holdsManifests }) => !holdsManifests).map(({ file }) => file);
  return [
    ...judged.map((object) => `${title(object)} ${outcome(object)}`),
    ...groupedWarnings(judged, warnings, title),
    ...(empty.length === 0 ? [] : [`left out, because they hold no objects for a cluster: ${firstFew(empty, 5)}`]),
    coverage(objects),
  ].map((line) => maskSecrets(line));
}

const titleOf = ({ kind, name, namespace }: ObjectResult, withNamespace: boolean): string =>
  `${kind.toLowerCase()} "${withNamespace ? `${namespace}/` : ''}${name}"`;

const outcome = ({ status, skipped }: ObjectResult): string => {
  switch (status) {
    case 'skipped':
      return `skipped: ${skipped?.code} ${skipped?.message}`;
    case 'unchanged':
      return 'unchanged: podhost added nothing to it';
    default:
      return status;
  }
};

/** Codes of changes that mend what was there, so that a reader should see them. */
const mended: ReadonlySet<ReasonCode> = new Set([
  'wrong-attribute',
  'duplicate-variable',
  'reference-before-definition',
  'reference-without-definition',
  'endpoint-localhost',
  'endpoint-direct',
  'endpoint-unexpanded',
  'endpoint-without-scheme',
  'endpoint-port',
  'endpoint-replaced',
]);

interface Noted {
  readonly where: string;
  readonly note: CodedReason;
}

/** What was mended and what is to be known, one line a sentence, with the containers that it is about. */
function groupedWarnings(
  objects: readonly ObjectResult[],
  ofRun: readonly CodedReason[],
  title: (object: ObjectResult) => string,
): string[] {
  const notes = objects.flatMap((object): Noted[] => {
    const { plan } = object;
    const containers = plan?.containers ?? [];
    return [
      ...(plan?.warnings ?? []).map((note) => ({ where: title(object), note })),
      ...containers.flatMap(({ name, changes, warnings }) => {
        const where = containers.length === 1 ? title(object) : `${title(object)} container ${name}`;
        const shown = [...changes.filter(({ code }) => mended.has(code)), ...warnings];
        return shown.map((note) => ({ where, note }));
      }),
    ];
  });
  const groups = new Map<string, string[]>();
  for (const { where, note } of notes) {
    const line = `${mended.has(note.code) ? 'mended' : 'warning'}: ${note.code} ${note.message}`;
    groups.set(line, [...(groups.get(line) ?? []), where]);
  }
  return [
    ...[...groups].map(([line, places]) => `${line}: ${firstFew(places, 8)}`),
    ...ofRun.map(({ code, message }) => `warning: ${code} ${message}`),
  ];
}

function coverage(objects: readonly ObjectResult[]): string {
  const count = (status: ObjectResult['status']) => objects.filter((object) => object.status === status).length;
  const workloads = objects.length - count('other');
  const parts = (['instrumented', 'already right', 'uninstrumented', 'unchanged', 'skipped'] as const)
    .filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${status}`);
  const others = count('other');
  return `${objects.length} objects read: ${workloads} with pods${parts.length === 0 ? '' : ` (${parts.join(', ')})`}, ${others} without. Whether an image holds an SDK is not known from a manifest.`;
}

/** The same for programs. */
export function reportJson({ files, warnings }: InstrumentedSources): string {
  const printed: z.input<typeof instrumentReportSchema> = {
    version: 1,
    files: files.map(({ file, before, after, objects }) => ({
      file,
      changed: before !== after,
      objects: objects.flatMap(objectJson),
      others: objects.filter(({ status }) => status === 'other').length,
    })),
    warnings: warnings.map(reasonJson),
  };
  return `${visibleJson(printed)}\n`;
}

type ObjectJson = z.input<typeof instrumentReportSchema>['files'][number]['objects'][number];

const objectJson = ({ kind, name, namespace, status, skipped, plan }: ObjectResult): ObjectJson[] =>
  status === 'other'
    ? []
    : [
        {
          kind,
          name,
          namespace,
          status,
          ...(skipped === undefined ? {} : { skipped: reasonJson(skipped) }),
          containers: (plan?.containers ?? []).map((container) => ({
            name: container.name,
            language: container.language?.language ?? 'unknown',
            ...(container.language === undefined ? {} : { evidence: maskSecrets(container.language.evidence) }),
            ...(container.skipped === undefined ? {} : { skipped: reasonJson(container.skipped) }),
            changes: container.changes.map(reasonJson),
            warnings: container.warnings.map(reasonJson),
          })),
          warnings: (plan?.warnings ?? []).map(reasonJson),
        },
      ];

const reasonJson = ({ code, message }: CodedReason): CodedReason => ({ code, message: maskSecrets(message) });

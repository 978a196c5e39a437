import type { SystemConfig } from '../config/schema/system.ts';
import type { ServiceConfig } from '../config/schema/workloads.ts';
import { toYaml } from '../yaml/to-yaml.ts';
import type { RenderedFile } from './rendered-file.ts';

/** Fields whose value is only written, and decides nothing. */
const opaqueFields = ['name', 'image', 'version', 'port'] as const;

type OpaqueField = (typeof opaqueFields)[number];

/** Begins every mark that is a text, which is a DNS label and plain in YAML as what it stands for is. */
const markPrefix = 'podhost-opaque-';

/** The mark of a port: no port, and longer than what a checksum could hold by chance. */
const portMark = 918_273_645_546_372;

/** Of fewer services a pattern takes longer than it saves. */
const minimumMembers = 4;

/** Services that differ in opaque values alone. */
export class AlikeServices {
  /** The first of them with a mark in the place of each opaque value. */
  readonly pattern: ServiceConfig;
  private readonly fields: ReadonlyMap<string, OpaqueField>;

  constructor(
    index: number,
    readonly members: readonly [ServiceConfig, ...ServiceConfig[]],
    opaque: readonly OpaqueField[],
  ) {
    const markOf = (field: OpaqueField) => (field === 'port' ? portMark : `${markPrefix}${index}-${field}`);
    const marks = opaque.map((field) => [field, markOf(field)] as const);
    this.pattern = { ...members[0], ...Object.fromEntries(marks) };
    this.fields = new Map(marks.map(([field, mark]) => [String(mark), field]));
  }

  /** What a text about the pattern is for each of the members, one function for all. */
  translation(text: string): (member: ServiceConfig) => string {
    const [start = '', ...parts] = text.split(new RegExp(`(${[...this.fields.keys()].join('|')})`));
    const holes = parts.flatMap((part, index) => {
      const field = index % 2 === 0 ? this.fields.get(part) : undefined;
      return field === undefined ? [] : [{ field, next: parts[index + 1] ?? '' }];
    });
    return (member) => {
      let result = start;
      for (const { field, next } of holes) {
        result += member[field] + next;
      }
      return result;
    };
  }

  /** The file of each member; a content is made when it is asked for. */
  filesLike({ path, content }: RenderedFile): RenderedFile[] {
    const [pathOf, contentOf] = [this.translation(path), this.translation(content)];
    return this.members.map((member) => ({
      path: pathOf(member),
      get content() {
        return contentOf(member);
      },
    }));
  }
}

const withoutOpaque = { name: undefined, image: undefined, version: undefined, port: undefined };

/** The groups of services that are alike. A service that is like few others is in none. */
export function alikeServices({ services, serviceDefaults, patch }: SystemConfig): AlikeServices[] {
  const common = JSON.stringify([serviceDefaults, patch]);
  const groups = new Map<string, { opaque: readonly OpaqueField[]; members: [ServiceConfig, ...ServiceConfig[]] }>();
  for (const service of services) {
    const rest = JSON.stringify({ ...service, ...withoutOpaque });
    const opaque = opaqueFields.filter((field) => isOpaque(service[field], rest, common));
    if (!opaque.includes('name') || rest.includes(markPrefix) || common.includes(markPrefix)) {
      continue;
    }
    const literals = opaqueFields.filter((field) => !opaque.includes(field)).map((field) => [field, service[field]]);
    const shape = `${JSON.stringify(literals)}${rest}`;
    const group = groups.get(shape);
    if (group === undefined) {
      groups.set(shape, { opaque, members: [service] });
    } else {
      group.members.push(service);
    }
  }
  return [...groups.values()]
    .filter(({ members }) => members.length >= minimumMembers)
    .map(({ members, opaque }, index) => new AlikeServices(index, members, opaque));
}

/**
 * A value that also stands elsewhere, such as the name of a container in a patch, decides what becomes of the other
 * place; one that needs quotes decides how a text around it is written.
 */
function isOpaque(value: string | number | undefined, rest: string, common: string): boolean {
  if (value === undefined || rest.includes(String(value)) || common.includes(String(value))) {
    return false;
  }
  return typeof value === 'number' || toYaml([value]) === `- ${value}\n`;
}

import type { SystemConfig } from '../config/schema/system.ts';
import type { ServiceConfig } from '../config/schema/workloads.ts';
import { isPlain } from '../yaml/block-style.ts';
import { withOpaqueValues } from './opaque-values.ts';
import type { RenderedFile } from './rendered-file.ts';

/** Begins every mark that is a text, which is a DNS label and plain in YAML. */
const textMark = 'podhost-opaque-';

/** Begins every mark that is a number: one that is no port, and longer than what a checksum could hold by chance. */
const numberMark = 918_273_645;

/** Name of the variable that stands for all of `env`. */
const variableMark = 'PODHOST_OPAQUE';

/** A service and its opaque values as they are written, the name first. */
interface Member {
  readonly service: ServiceConfig;
  readonly values: readonly string[];
}

/** A place in a text about a pattern that is an opaque value of each service. */
interface Hole {
  readonly value: number;
  /** Before each line of a value that has several. */
  readonly indent: string;
  /** Text up to the next one. */
  readonly next: string;
}

/** Services that differ in opaque values alone. */
export class AlikeServices {
  readonly members: readonly ServiceConfig[];
  /** The first of them with a mark in the place of each opaque value. */
  readonly pattern: ServiceConfig;
  private readonly marks: RegExp;

  constructor(
    index: number,
    private readonly alike: readonly [Member, ...Member[]],
    config: SystemConfig,
    patches: string,
  ) {
    this.members = alike.map(({ service }) => service);
    let count = 0;
    const text = () => `${textMark}${index}-${count++}-x`;
    this.pattern = withOpaqueValues(alike[0].service, config, patches, {
      text,
      number: () => numberMark * 1_000_000 + count++,
      variables: () => ({ [variableMark]: text() }),
    });
    const mark = `${textMark}${index}-(\\d+)-x`;
    this.marks = new RegExp(`\\n( *)- name: ${variableMark}\\n +value: ${mark}|${mark}|${numberMark}(\\d{6})`, 'g');
  }

  /**
   * What a text about the pattern is for each of the members.
   *
   * @returns undefined where an opaque value is part of a larger text, whose quotes it may decide
   */
  translated(text: string): (() => string)[] | undefined {
    const start = text.slice(0, text.search(this.marks));
    const holes: Hole[] = [];
    const found = [...text.matchAll(this.marks)];
    for (const [at, match] of found.entries()) {
      const [written, indent, ofVariables, ofText, ofNumber] = match;
      const end = match.index + written.length;
      const value = Number(ofVariables ?? ofText ?? ofNumber);
      const standsAlone = /[:-] $/.test(text.slice(match.index - 2, match.index)) && text[end] === '\n';
      if (ofText !== undefined && value > 0 && !standsAlone) {
        return undefined;
      }
      holes.push({ value, indent: indent ?? '', next: text.slice(end, found[at + 1]?.index) });
    }
    return found.length === 0
      ? this.alike.map(() => () => text)
      : this.alike.map(({ values }) => () => {
          let result = start;
          for (const { value, indent, next } of holes) {
            const written = values[value] ?? '';
            result += (indent === '' ? written : written.replaceAll('\n', `\n${indent}`)) + next;
          }
          return result;
        });
  }

  /** The file of each member; a content is made when it is asked for. Undefined as of `translated`. */
  filesLike({ path, content }: RenderedFile): RenderedFile[] | undefined {
    const [paths, contents] = [this.translated(path), this.translated(content)];
    return (
      contents &&
      paths?.map((pathOf, index) => ({
        path: pathOf(),
        get content() {
          return contents[index]?.() ?? '';
        },
      }))
    );
  }
}

/** The groups of services that are alike. A service that is like no other is in none. */
export function alikeServices(config: SystemConfig): AlikeServices[] {
  const { services, serviceDefaults, patch } = config;
  const patches = JSON.stringify([patch]);
  const common = `${JSON.stringify(serviceDefaults)}${patches}`;
  const groups = new Map<string, [Member, ...Member[]]>();
  for (const service of services) {
    const values: string[] = [];
    const keep =
      <T>(mark: T) =>
      (written: string) => {
        values.push(written);
        return mark;
      };
    // What stands here is never a value that is not opaque.
    const marked = withOpaqueValues(service, config, patches, {
      text: keep(''),
      number: keep(-1),
      variables: keep({ '': '' }),
    });
    const shape = JSON.stringify(marked);
    if (!isOpaqueName(service.name, shape, common)) {
      continue;
    }
    const group = groups.get(shape);
    if (group === undefined) {
      groups.set(shape, [{ service, values }]);
    } else {
      group.push({ service, values });
    }
  }
  return [...groups.values()]
    .filter(({ length }) => length > 1)
    .map((members, index) => new AlikeServices(index, members, config, patches));
}

/**
 * A name that also stands elsewhere, such as that of a container in a patch, decides what becomes of the other place; one
 * that needs quotes decides how a text around it is written.
 */
const isOpaqueName = (name: string, shape: string, common: string): boolean =>
  isPlain(name) &&
  [JSON.stringify(name), textMark, variableMark, String(numberMark)].every(
    (text) => !shape.includes(text) && !common.includes(text),
  );

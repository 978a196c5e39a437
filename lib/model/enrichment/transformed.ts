import { goPattern } from '../../pipeline/go-pattern.ts';
import { processorStatements, type StatementSignal } from '../../pipeline/statements.ts';
import type { Mapping } from '../../yaml/value.ts';
import { type Attribute, type Attributes, madeOf } from './attribute.ts';

/** What a statement does to the resource. */
type Edit = (attributes: Map<string, Attribute>) => void;

/** The spans of every service pass the same statements. */
const known = new WeakMap<Mapping, Map<string, readonly Edit[]>>();

/**
 * What the processor `transform` makes of the resource, as far as its statements are simple.
 *
 * @param after where it is changed
 * @default after - a copy
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/pkg/ottl/ottlfuncs
 */
export function afterTransform(
  config: Mapping,
  id: string,
  before: Attributes,
  signal: StatementSignal = 'traces',
  after: Map<string, Attribute> = new Map(before),
): Attributes {
  for (const edit of editsOf(config, id, signal)) {
    edit(after);
  }
  return after;
}

function editsOf(config: Mapping, id: string, signal: StatementSignal): readonly Edit[] {
  const ofConfig = known.get(config) ?? new Map<string, readonly Edit[]>();
  known.set(config, ofConfig);
  const key = `${signal} ${id}`;
  const edits =
    ofConfig.get(key) ?? processorStatements(config, id, signal).flatMap((statement) => editOf(statement, id) ?? []);
  ofConfig.set(key, edits);
  return edits;
}

/** Undefined where a statement is not understood. */
function editOf(statement: string, id: string): Edit | undefined {
  const [, call = '', condition] = /^(.*?\))(?: where (.*))?$/s.exec(statement) ?? [];
  const edit = removal(call) ?? assignment(call, id);
  return edit === undefined || condition === undefined
    ? edit
    : (attributes) => {
        if (holds(condition, attributes)) {
          edit(attributes);
        }
      };
}

function removal(call: string): Edit | undefined {
  const [, editor = '', parameter = ''] = /^(\w+)\(resource\.attributes, ?(.*)\)$/.exec(call) ?? [];
  const isNamed = namedBy(editor, parameter);
  const keeps = editor.startsWith('keep');
  return (
    isNamed &&
    ((attributes) => {
      for (const name of [...attributes.keys()]) {
        if (isNamed(name) !== keeps) {
          attributes.delete(name);
        }
      }
    })
  );
}

function assignment(call: string, id: string): Edit | undefined {
  const [, key, text, name = ''] =
    /^set\(resource\.attributes\["([^"]+)"\], ?(?:"([^"]*)"|resource\.attributes\["([^"]+)"\])\)$/.exec(call) ?? [];
  return key === undefined
    ? undefined
    : (attributes) => {
        const source = text === undefined ? attributes.get(name) : undefined;
        if (source !== undefined) {
          attributes.set(key, madeOf(name, source, source.value, id));
        } else if (text !== undefined) {
          // What is set to nothing stays as it is.
          attributes.set(key, { value: text, from: id });
        }
      };
}

/** A text of OTTL has a backslash, as in a pattern, and a quotation mark behind another backslash. */
const unescaped = (text: string): string => text.replaceAll(/\\(["\\])/g, '$1');

/** Which attributes an editor keeps or deletes; undefined where it is not understood. */
function namedBy(editor: string, parameter: string): ((name: string) => boolean) | undefined {
  const texts = [...parameter.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(([, text = '']) => unescaped(text));
  switch (editor) {
    case 'keep_keys':
    case 'delete_key':
    case 'delete_keys': {
      const names = new Set(texts);
      return (name) => names.has(name);
    }
    case 'keep_matching_keys':
    case 'delete_matching_keys':
      return goPattern(texts[0] ?? '')?.test;
    default:
      return undefined;
  }
}

/** Whether a condition holds, which is not taken for granted where it is not understood. */
function holds(condition: string, attributes: Attributes): boolean {
  return condition.split(' and ').every((part) => {
    const [, name = '', operator] = /^resource\.attributes\["([^"]+)"\] (==|!=) nil$/.exec(part.trim()) ?? [];
    return operator !== undefined && attributes.has(name) === (operator === '!=');
  });
}

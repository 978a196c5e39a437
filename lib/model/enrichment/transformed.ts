import { processorStatements } from '../../pipeline/statements.ts';
import type { Mapping } from '../../yaml/value.ts';
import { type Attributes, madeOf } from './attribute.ts';
import { goPattern } from './go-pattern.ts';

/**
 * What the processor `transform` makes of the resource, as far as its statements are simple.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/pkg/ottl/ottlfuncs
 */
export const afterTransform = (config: Mapping, id: string, before: Attributes): Attributes =>
  processorStatements(config, id).reduce((current, statement) => after(statement, id, current), before);

function after(statement: string, id: string, before: Attributes): Attributes {
  const [, call = '', condition] = /^(.*?\))(?: where (.*))?$/.exec(statement) ?? [];
  if (condition !== undefined && !holds(condition, before)) {
    return before;
  }
  const [, editor, parameter = ''] = /^(\w+)\(resource\.attributes, ?(.*)\)$/.exec(call) ?? [];
  if (editor !== undefined) {
    const isNamed = namedBy(editor, parameter);
    const keeps = editor.startsWith('keep');
    return isNamed === undefined ? before : new Map([...before].filter(([name]) => isNamed(name) === keeps));
  }
  const [, key, text, name = ''] =
    /^set\(resource\.attributes\["([^"]+)"\], ?(?:"([^"]*)"|resource\.attributes\["([^"]+)"\])\)$/.exec(call) ?? [];
  const source = text === undefined ? before.get(name) : undefined;
  // What is set to nothing stays as it is.
  if (key === undefined || (text === undefined && source === undefined)) {
    return before;
  }
  return new Map([
    ...before,
    [key, source === undefined ? { value: text, from: id } : madeOf(name, source, source.value, id)],
  ]);
}

/** Which attributes an editor keeps or deletes; undefined where it is not understood. */
function namedBy(editor: string, parameter: string): ((name: string) => boolean) | undefined {
  const texts = [...parameter.matchAll(/"([^"]*)"/g)].map(([, text = '']) => text);
  switch (editor) {
    case 'keep_keys':
    case 'delete_key':
    case 'delete_keys':
      return (name) => texts.includes(name);
    case 'keep_matching_keys':
    case 'delete_matching_keys': {
      const pattern = goPattern(texts[0] ?? '');
      return pattern === undefined ? undefined : (name) => pattern.test(name);
    }
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

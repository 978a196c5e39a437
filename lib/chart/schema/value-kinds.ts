import { isMapping } from '../../yaml/value.ts';
import type { Shape } from './shape.ts';

/** Whether a value is of the kind that a shape wants; what is inside it is not looked at. */
export function fits(value: unknown, shape: Shape): boolean {
  if (isFilledInLater(value)) {
    return true;
  }
  switch (shape.kind) {
    case 'anything':
      return true;
    case 'text':
      return typeof value === 'string';
    case 'toggle':
      return typeof value === 'boolean' || isWordForBoolean(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number' && value >= (shape.least ?? value) && value <= (shape.most ?? value);
    case 'choice':
      return typeof value === 'string' && shape.values.includes(value);
    case 'list':
      return Array.isArray(value);
    case 'keys':
    case 'map':
      return isMapping(value);
    case 'either':
      return shape.shapes.some((one) => fits(value, one));
  }
}

/** What a shape wants, as a noun phrase. */
export function expected(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return 'text';
    case 'toggle':
      return 'true or false';
    case 'integer':
      return 'a whole number';
    case 'number':
      return shape.least === undefined ? 'a number' : `a number from ${shape.least} to ${shape.most}`;
    case 'choice':
      return `one of ${shape.values.map((value) => value || '""').join(', ')}`;
    case 'list':
      return 'a list';
    case 'keys':
    case 'map':
      return 'a mapping';
    case 'either':
      return shape.shapes.map(expected).join(' or ');
    case 'anything':
      return 'anything';
  }
}

/** A placeholder of a tool that runs before helm: what it becomes is not known. */
const isFilledInLater = (value: unknown): boolean =>
  typeof value === 'string' && /\{\{|\$[{(]|^<[^>]+>$|^%\w+%$/.test(value);

/** Helm reads YAML 1.1, where these are booleans. */
const isWordForBoolean = (value: unknown): boolean => typeof value === 'string' && /^(y|n|yes|no|on|off)$/i.test(value);

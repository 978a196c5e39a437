/** Writes a scalar, or undefined where only the whole document shows how. `indent` is that of the mapping or list it is in. */
export type ScalarWriter = (scalar: unknown, role: 'key' | 'value', indent: string) => string | undefined;

/** Texts in which a space and a colon stand between other characters, so that neither begins a comment or a value. */
const tokens = /^(?:[\w/$]|-[a-df-z]|--[a-z])[!-9;-~]*(?:[ :][!"$-9;-~][!-9;-~]*)*$/i;

/** Texts of one line with what no plain scalar has, apart from those that a document may take for its own end. */
const notPlain = /^(?!---|\.\.\.|%)(?:[,[\]{}#&*!|>@`"'][ -~]*|[ -~]*(?:: | #)[ -~]*)$/;

/** What YAML 1.1 or 1.2 reads as no text although it begins with a letter; `E0` is a number of YAML 1.1. */
const words = /^(?:[yn]|yes|no|on|off|true|false|null|nan|inf|e[-+]?[\d_]+)$/i;

/** A letter that no number and no time has. */
const letter = /[acdf-npqrsuvwy]/i;

/** Texts of digits that are no number: `1.0.0`. */
const version = /^\d+(?:\.\d+){2,}$/;

/** Texts that are not plain since both versions read a number, a boolean or nothing in them. */
const misread = /^(?:|\d+(?:\.\d+)?|true|false|null|~)$/;

/** Whether a text is surely a plain scalar in YAML 1.1 and in YAML 1.2; most texts in manifests are. */
export function isPlain(text: string): boolean {
  const first = text.charCodeAt(0);
  const isNumberLike = first >= 0x30 && first <= 0x39;
  return (
    tokens.test(text) &&
    !text.endsWith('-') &&
    (isNumberLike
      ? (letter.test(text) && !/^0[xob]/i.test(text)) || version.test(text)
      : text.length > 5 || !words.test(text))
  );
}

/** A text in quotes that need no escapes; undefined where both kinds do. */
function quoted(text: string): string | undefined {
  if (text.includes('"')) {
    return text.includes("'") ? undefined : `'${text}'`;
  }
  return text.includes('\\') ? undefined : `"${text}"`;
}

/** A scalar that is written without looking at more than itself, as most are; undefined for any other. */
export function usualScalar(of: unknown): string | undefined {
  if (typeof of === 'string') {
    if (isPlain(of)) {
      return of;
    }
    return misread.test(of) || notPlain.test(of) ? quoted(of) : undefined;
  }
  return of === null || typeof of === 'boolean' || (Number.isSafeInteger(of) && !Object.is(of, -0))
    ? String(of)
    : undefined;
}

/** Thrown where the document has to be written another way. */
const unusual = Symbol('unusual');

/** Longer keys get a line of their own with `?`. */
const maximumKeyLength = 500;

/**
 * A mapping or a list in block style as the package `yaml` writes it, many times as fast.
 *
 * @param otherwise writes what is not surely a plain scalar or an integer
 * @returns undefined for anything but plain objects, lists and scalars
 */
export function inBlockStyle(value: unknown, otherwise: ScalarWriter): string | undefined {
  const scalar = (of: unknown, role: 'key' | 'value', indent: string): string => {
    const text = usualScalar(of) ?? otherwise(of, role, indent);
    if (text === undefined) {
      throw unusual;
    }
    return text;
  };

  const key = (name: string, indent: string): string => {
    if (name.length > maximumKeyLength) {
      throw unusual;
    }
    return scalar(name, 'key', indent);
  };

  const collection = (of: object, indent: string): string => {
    const inner = `${indent}  `;
    if (Array.isArray(of)) {
      const items = of.map(
        (item: unknown) => `- ${isCollection(item) ? collection(item, inner) : scalar(item, 'value', indent)}`,
      );
      return items.length === 0 ? '[]' : items.join(`\n${indent}`);
    }
    let text = '';
    for (const [name, item] of Object.entries(plainObject(of))) {
      if (item === undefined) {
        continue;
      }
      text += text === '' ? '' : `\n${indent}`;
      text += `${key(name, indent)}:`;
      if (!isCollection(item)) {
        text += ` ${scalar(item, 'value', indent)}`;
      } else {
        const written = collection(item, inner);
        text += written === '{}' || written === '[]' ? ` ${written}` : `\n${inner}${written}`;
      }
    }
    return text === '' ? '{}' : text;
  };

  try {
    return isCollection(value) ? `${collection(value, '')}\n` : undefined;
  } catch (error) {
    if (error === unusual) {
      return undefined;
    }
    throw error;
  }
}

const isCollection = (value: unknown): value is object => typeof value === 'object' && value !== null;

function plainObject(value: object): object {
  const prototype: unknown = Object.getPrototypeOf(value);
  if ((prototype !== Object.prototype && prototype !== null) || 'toJSON' in value) {
    throw unusual;
  }
  return value;
}

import { ownValue } from '../../own-value.ts';

/** Shorter values are found in any text; what hides them would show where they are. */
const shortestHidden = 6;

export interface SecretMaskProps {
  /** Names of the environment variables that hold secrets. */
  readonly names: readonly string[];
  /** Where their values are; one that is set later is hidden from then on. */
  readonly environment: NodeJS.ProcessEnv;
  /**
   * Whether a value is to be read in the manifests anyway: `postgres` as a password cannot be told from the name of an
   * image, and hiding that would make the answers of kubectl unreadable.
   *
   * @default - none is
   */
  readonly isPublic?: (value: string) => boolean;
}

/** Knows the values of the secrets, so that nobody else has to. */
export class SecretMask {
  readonly names: readonly string[];
  private readonly environment: NodeJS.ProcessEnv;
  private readonly isPublic: (value: string) => boolean;
  /** What each value looks like; every line that a command prints is looked through. */
  private readonly forms = new Map<string, readonly string[]>();

  constructor({ names, environment, isPublic = () => false }: SecretMaskProps) {
    this.names = names;
    this.environment = environment;
    this.isPublic = isPublic;
  }

  /** The text with `***NAME***` for each secret, whether it stands there plain, encoded or escaped. */
  hide(text: string): string {
    return this.hidden().reduce((masked, [name, form]) => masked.replaceAll(form, () => `***${name}***`), text);
  }

  /** The environment that commands get: they are told secrets on their standard input, or not at all. */
  without(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const secret = new Set(this.names);
    return Object.fromEntries(Object.entries(environment).filter(([name]) => !secret.has(name)));
  }

  /** Lines `NAME=value`, for a command's standard input. */
  lines(names: readonly string[]): string {
    return names.map((name) => `${name}=${ownValue(this.environment, name) ?? ''}\n`).join('');
  }

  private hidden(): (readonly [name: string, form: string])[] {
    return (
      this.names
        .flatMap((name) => this.formsOf(ownValue(this.environment, name) ?? '').map((form) => [name, form] as const))
        // The longest first: one secret may be part of another.
        .sort(([, one], [, other]) => other.length - one.length)
    );
  }

  private formsOf(value: string): readonly string[] {
    const known = this.forms.get(value) ?? formsOf(value, this.isPublic);
    this.forms.set(value, known);
    return known;
  }
}

function formsOf(value: string, isPublic: (value: string) => boolean): string[] {
  if (value === '') {
    return [];
  }
  const plain = value.length < shortestHidden || isPublic(value) ? [] : [value, ...linesOf(value), ...escaped(value)];
  const encoded = [...base64Of(value), ...base64Of(`${value}\n`), ...base64Within(value)];
  return [...new Set([...plain, ...encoded.filter((form) => form.length >= shortestHidden)])];
}

/** Shorter lines of a longer value are found in other texts. */
const shortestLine = 16;

/** A key of several lines is indented, and cut, line by line. */
const linesOf = (value: string): string[] => value.split(/\r?\n/).filter((line) => line.length >= shortestLine);

/** As it stands in JSON, in a URL, in a form and between the quotes of a shell. */
const escaped = (value: string): string[] => [
  JSON.stringify(value).slice(1, -1),
  encodeURIComponent(Buffer.from(value).toString()),
  new URLSearchParams({ value }).toString().slice('value='.length),
  value.replaceAll("'", String.raw`'\''`),
];

const base64Of = (text: string): string[] => base64Forms(Buffer.from(text));

/** Base64, and what URLs have for it. */
function base64Forms(bytes: Buffer, from = 0): string[] {
  const encoded = bytes.toString('base64').slice(from);
  return [encoded, encoded.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')];
}

/** Fewer characters in the middle of base64 may be there by chance. */
const shortestWithin = 12;

/**
 * The characters that a value surely gives in the base64 of a longer text: three bytes are four characters, and where
 * among three bytes the value begins is not known.
 */
const base64Within = (value: string): string[] =>
  [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
    return base64Forms(whole, offset === 0 ? 0 : 4).filter((form) => form.length >= shortestWithin);
  });

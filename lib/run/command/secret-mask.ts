import { ownValue } from '../../own-value.ts';
import { withoutTrailing } from '../../text/linear-time.ts';

/** Shorter values occur in any text by chance, and masking them would reveal them. */
const shortestHidden = 6;

export interface SecretMaskProps {
  /** Names of the environment variables that hold secrets. */
  readonly names: readonly string[];
  /** Holds the values. A value that is set later is masked from then on. */
  readonly environment: NodeJS.ProcessEnv;
  /**
   * Whether the manifests contain the value anyway. The password `postgres` equals the name of an image, and masking it
   * would make the output of kubectl unreadable.
   *
   * @default - no value is public
   */
  readonly isPublic?: (value: string) => boolean;
}

/** Masks the values of secrets; no other code reads them. */
export class SecretMask {
  readonly names: readonly string[];
  private readonly environment: NodeJS.ProcessEnv;
  private readonly isPublic: (value: string) => boolean;
  /** Every form of each value, cached because every printed line is searched. */
  private readonly forms = new Map<string, readonly string[]>();

  constructor({ names, environment, isPublic = () => false }: SecretMaskProps) {
    this.names = names;
    this.environment = environment;
    this.isPublic = isPublic;
  }

  /** Replaces each secret, plain, encoded or escaped, with `***NAME***`. */
  hide(text: string): string {
    return this.hidden().reduce((masked, [name, form]) => masked.replaceAll(form, () => `***${name}***`), text);
  }

  /** The environment of commands, without secrets: they receive secrets only on standard input. */
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
        // The longest form comes first, because one secret may contain another.
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

/** Shorter lines of a longer value occur in other texts by chance. */
const shortestLine = 16;

/** The lines of a multi-line key, because programs indent and truncate them one by one. */
const linesOf = (value: string): string[] => value.split(/\r?\n/).filter((line) => line.length >= shortestLine);

/** The value as escaped in JSON, a URL, a form and single quotes of a shell. */
const escaped = (value: string): string[] => [
  JSON.stringify(value).slice(1, -1),
  encodeURIComponent(Buffer.from(value).toString()),
  new URLSearchParams({ value }).toString().slice('value='.length),
  value.replaceAll("'", String.raw`'\''`),
];

const base64Of = (text: string): string[] => base64Forms(Buffer.from(text));

/** Base64 and its variant for URLs. */
function base64Forms(bytes: Buffer, from = 0): string[] {
  const encoded = bytes.toString('base64').slice(from);
  return [encoded, withoutTrailing(encoded.replaceAll('+', '-').replaceAll('/', '_'), '=')];
}

/** Shorter sequences in the middle of base64 occur by chance. */
const shortestWithin = 12;

/**
 * The characters that a value always produces in the base64 of a longer text. Three bytes become four characters, and
 * the value can start at each of the three positions.
 */
const base64Within = (value: string): string[] =>
  [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
    return base64Forms(whole, offset === 0 ? 0 : 4).filter((form) => form.length >= shortestWithin);
  });

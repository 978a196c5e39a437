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

  /** The text with `***NAME***` for each secret, whether it stands there plain, in base64 or escaped. */
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
  const encoded = [Buffer.from(value).toString('base64'), Buffer.from(`${value}\n`).toString('base64')];
  const plain = value.length < shortestHidden || isPublic(value) ? [] : [value, JSON.stringify(value).slice(1, -1)];
  return [...plain, ...encoded.filter((form) => form.length >= shortestHidden)];
}

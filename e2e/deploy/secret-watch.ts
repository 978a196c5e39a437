import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Looks for values in the command lines of all processes, again and again. */
export class SecretWatch {
  /** Command lines that had one, without it. */
  readonly found: string[] = [];
  looks = 0;
  private readonly forms: readonly string[];
  private readonly timer: NodeJS.Timeout;

  constructor(values: readonly string[]) {
    this.forms = formsOf(values);
    this.timer = setInterval(() => this.look(), 40);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    this.looks += 1;
    for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      const text = textOf(`/proc/${pid}/cmdline`);
      if (this.forms.some((form) => text.includes(form))) this.found.push(text.split('\0').slice(0, 3).join(' '));
    }
  }
}

/** Files below a folder that hold one of the values. */
export function filesWith(values: readonly string[], folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile() && formsOf(values).some((form) => textOf(file).includes(form)));
}

/** Plain and as a Secret holds it. */
export const formsOf = (values: readonly string[]): string[] =>
  values.flatMap((value) => [value, Buffer.from(value).toString('base64')]);

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

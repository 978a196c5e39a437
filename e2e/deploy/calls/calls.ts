import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What stands before a program sources this. */
export const recordScript = fileURLToPath(new URL('record.sh', import.meta.url));

/** A call that fails once. */
export interface InjectedFailure {
  /** Shell pattern of the call, e.g. `docker build *`. */
  readonly call: string;
  readonly status: number;
  readonly says: string;
}

/** A call that waits. */
export interface HeldCall {
  isWaiting(): boolean;
  /** Lets it go on; it may have been ended before. */
  release(): void;
}

/** The calls of programs that take them down in a folder, and what is to happen to them. */
export class Calls {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  fail({ call, status, says }: InjectedFailure): void {
    rmSync(this.file('failed'), { force: true });
    writeFileSync(this.file('fail'), `${call}\n${status}\n${says}\n`);
  }

  hasFailed = (): boolean => existsSync(this.file('failed'));

  /** The next call of the pattern takes until it may go on; a deaf one does not end when it is asked to. */
  hold(call: string, { isDeaf = false }: { readonly isDeaf?: boolean } = {}): HeldCall {
    rmSync(this.file('waiting'), { force: true });
    rmSync(this.file('deaf'), { force: true });
    if (isDeaf) writeFileSync(this.file('deaf'), '');
    writeFileSync(this.file('wait'), call);
    return {
      isWaiting: () => existsSync(this.file('waiting')),
      release: () => {
        for (const name of ['wait', 'waiting', 'deaf']) rmSync(this.file(name), { force: true });
      },
    };
  }

  all(): string[] {
    const file = this.file('calls');
    return existsSync(file)
      ? readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => line.trim())
      : [];
  }

  forget(): void {
    rmSync(this.file('calls'), { force: true });
  }

  private readonly file = (name: string): string => join(this.folder, name);
}

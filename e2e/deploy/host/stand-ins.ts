import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Calls, recordScript } from '../calls/calls.ts';

const source = fileURLToPath(new URL('stand-ins', import.meta.url));

/** What stands in for docker, k3s and its installer on the host, and what they keep. */
export class StandIns {
  readonly installer: string;
  readonly calls: Calls;
  /** What every session on the host must have in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    this.calls = new Calls(join(folder, 'state'));
    cpSync(source, join(folder, 'stand-ins'), { recursive: true });
    this.installer = join(folder, 'stand-ins', 'k3s-installer');
    const bin = join(folder, 'bin');
    const paths = [bin, '/usr/bin', '/bin'].join(':');
    this.environment = { PATH: paths, HOME: join(folder, 'home'), BIN: bin, STATE: join(folder, 'state') };
    this.reset();
  }

  /** A bare machine with docker, on which an old stack runs. */
  reset(): void {
    for (const name of ['bin', 'state', 'home']) {
      rmSync(join(this.folder, name), { recursive: true, force: true });
      mkdirSync(join(this.folder, name));
    }
    cpSync(recordScript, join(this.folder, 'bin', 'record.sh'));
    for (const name of ['docker', 'sudo', 'image-names.sh']) {
      cpSync(join(source, name), join(this.folder, 'bin', name));
      chmodSync(join(this.folder, 'bin', name), 0o755);
    }
    mkdirSync(this.state('compose/old'), { recursive: true });
    mkdirSync(this.state('stopped'));
    writeFileSync(this.state('compose/old/old-web-1'), '0.0.0.0:80->8020/tcp, [::]:80->8020/tcp');
    writeFileSync(this.state('compose/old/old-db-1'), '5432/tcp');
  }

  /** The installer fails after it has installed the programs. */
  failInstallation(): void {
    writeFileSync(this.state('fail-install'), '');
  }

  /** Everything that the machine has now, in short. */
  summary() {
    return {
      k3s: this.read('k3s-version'),
      running: this.names('compose/old'),
      stopped: this.names('stopped'),
      node: this.names('node').map((name) => name.replaceAll('%', '/')),
    };
  }

  private readonly state = (name: string): string => join(this.folder, 'state', name);

  private read(name: string): string | undefined {
    return existsSync(this.state(name)) ? readFileSync(this.state(name), 'utf8').trim() : undefined;
  }

  private names(name: string): string[] {
    return existsSync(this.state(name)) ? readdirSync(this.state(name)).sort() : [];
  }
}

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './process.ts';

export type DebianPart = 'chromium' | 'etcd' | 'java' | 'javac' | 'mvn' | 'openssl' | 'python3' | 'sshd';

interface DebianPackage {
  readonly package: string;
  /** Whether what is on the machine will do. */
  readonly works: (path: string) => Promise<boolean>;
}

const packages: Readonly<Record<DebianPart, DebianPackage>> = {
  chromium: { package: 'chromium', works: async () => true },
  etcd: { package: 'etcd-server', works: async () => true },
  java: { package: 'default-jdk-headless', works: async () => true },
  javac: { package: 'default-jdk-headless', works: async () => true },
  mvn: { package: 'maven', works: async () => true },
  openssl: { package: 'openssl', works: async () => true },
  sshd: { package: 'openssh-server', works: async () => true },
  python3: {
    package: 'python3-venv',
    works: async (path) => (await run(path, ['-c', 'import venv, ensurepip'])).exitCode === 0,
  },
};

/** The command of this name, from the machine as it is or else from its Debian package. */
export async function ensureDebianPart(part: DebianPart, say: (line: string) => void): Promise<string> {
  const present = await usable(part);
  if (present) return present;
  const name = packages[part].package;
  if (process.getuid?.() !== 0) throw new Error(`${part} is missing, run: sudo apt-get install --yes ${name}`);
  say(`${name}: installing with apt-get`);
  const install = () => apt(['install', '--yes', '--no-install-recommends', name]);
  let finished = await install();
  if (finished.exitCode !== 0) {
    // A new machine has no package lists yet.
    await apt(['update']);
    finished = await install();
  }
  const installed = await usable(part);
  if (installed) return installed;
  throw new Error(`apt-get could not install ${name}\n${finished.stdout}${finished.stderr}`);
}

async function usable(part: DebianPart): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, part);
    if (executable(path) && (await packages[part].works(path))) return path;
  }
  return undefined;
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function apt(args: readonly string[]) {
  return run('apt-get', args, { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMilliseconds: 600_000 });
}

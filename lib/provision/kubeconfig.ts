import { type BigIntStats, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { onFile } from '../files/file-problem.ts';
import { statusOf } from '../files/replaceable.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import type { Command } from '../run/command/command.ts';
import { sh } from '../text/shell.ts';
import { hostScript } from './host.ts';

/** Last line of what the host sends: without it the connection broke off in the middle. */
const end = '# end';

/**
 * Replaces the file in one go, when everything has come. What comes is put into a file that nobody can have prepared,
 * and that is removed when the run is stopped.
 */
const write = sh`umask 077; mkdir -p "$(dirname "$1")" && new=$(mktemp "$1.XXXXXXXX") || exit
trap 'rm -f "$new"' EXIT; trap 'exit 1' HUP INT TERM
cat > "$new" || exit
tail -n 1 "$new" | grep -qx ${end} || { echo 'not all of it has come' >&2; exit 1; }
mv "$new" "$1"`;

export interface FetchedKubeconfigProps {
  /** Name of its cluster, its user and its context. */
  readonly name: string;
  /**
   * Address of the host from here.
   *
   * @default - k3s runs on this machine
   */
  readonly address?: string;
}

/** Prints the kubeconfig of the host's k3s, as this machine needs it. */
export function fetchKubeconfig({ name, address }: FetchedKubeconfigProps): Command {
  const server = address === undefined ? [] : ['-e', `s#${ownServer}#${serverLines(replacement(address))}#`];
  return {
    program: 'sed',
    args: ['-E', ...server, '-e', `s/(: )default$/\\1${replacement(name)}/`],
    input: { from: hostScript(sh`sudo -n cat /etc/rancher/k3s/k3s.yaml && echo ${end}`) },
  };
}

/** Puts what it prints into a file that its owner alone can read. */
export const writeKubeconfig = (fetch: Command, file: string): Command => ({
  program: 'sh',
  args: ['-c', String(write), 'podhost', file],
  input: { from: fetch },
});

const ownServer = '^( *)server: https://(127\\.0\\.0\\.1|\\[::1\\]):';

/** Its certificate always is for 127.0.0.1, and not always for the address that leads to it from here. */
const serverLines = (address: string): string =>
  `\\1tls-server-name: 127.0.0.1\\\n\\1server: https://${address.includes(':') ? `[${address}]` : address}:`;

/** As sed must be given it. */
const replacement = (text: string): string => text.replaceAll(/[\\/&#]/g, '\\$&');

const contexts = z.object({ contexts: z.array(z.object({ name: z.string() })) });

/**
 * What is in the file; undefined when there is none that its owner alone can read.
 *
 * @throws PodhostError when the file knows other clusters, which must not be lost, or is no file of its own
 */
export function readKubeconfig(file: string, name: string): string | undefined {
  const status = statusOf(file);
  if (status === undefined) {
    return undefined;
  }
  if (!status.isFile() || status.nlink > 1n) {
    throw new PodhostError([noOwnFile(file, status)]);
  }
  const text = onFile({ path: file, attempt: 'read' }, () => readFileSync(file, 'utf8'));
  const parsed = contexts.safeParse(yaml(text));
  const others = parsed.success ? parsed.data.contexts.filter((context) => context.name !== name) : undefined;
  if (text.trim() !== '' && others?.length !== 0) {
    const what = others?.map((context) => context.name).join(', ') ?? 'something else';
    throw new PodhostError([
      {
        code: 'deploy/foreign-kubeconfig',
        message: `deploy.kubeconfig names ${file}, which holds ${what}; the kubeconfig of k3s would replace it`,
        suggestion: 'name a file of its own, or leave deploy.kubeconfig out',
      },
    ]);
  }
  return (status.mode & 0o077n) === 0n ? text : undefined;
}

function noOwnFile(file: string, status: BigIntStats): Problem {
  const what = status.isSymbolicLink() ? 'a symbolic link' : status.isFile() ? 'one of several hard links' : 'no file';
  return {
    code: 'deploy/linked-kubeconfig',
    message: `deploy.kubeconfig names ${file}, which is ${what}; the kubeconfig of k3s would replace it`,
    suggestion: 'name a file of its own, or leave deploy.kubeconfig out',
  };
}

function yaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

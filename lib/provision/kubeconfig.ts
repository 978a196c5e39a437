import type { BigIntStats } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { fileProblem } from '../files/file-problem.ts';
import { readText } from '../files/read-text.ts';
import { statusOf } from '../files/replaceable.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import type { Command } from '../run/command/command.ts';
import { sh } from '../text/shell.ts';
import { hostScript } from './host.ts';

/** Last line of a complete transfer. */
const end = '# end';

/**
 * Replaces the file atomically after a complete transfer. The input is written to a new temporary file, which is removed
 * when the run is stopped.
 */
const write = sh`umask 077; mkdir -p "$(dirname "$1")" && new=$(mktemp "$1.XXXXXXXX") || exit
trap 'rm -f "$new"' EXIT; trap 'exit 1' HUP INT TERM
cat > "$new" || exit
tail -n 1 "$new" | grep -qx ${end} || { echo 'the kubeconfig is incomplete' >&2; exit 1; }
mv "$new" "$1"`;

interface FetchedKubeconfigProps {
  /** Name of the cluster, the user and the context. */
  readonly name: string;
  /**
   * Address of the host from this machine.
   *
   * @default - k3s runs on this machine
   */
  readonly address?: string;
}

/** Prints the kubeconfig of k3s, adapted for this machine. */
export function fetchKubeconfig({ name, address }: FetchedKubeconfigProps): Command {
  const server = address === undefined ? [] : ['-e', `s#${ownServer}#${serverLines(replacement(address))}#`];
  return {
    program: 'sed',
    args: ['-E', ...server, '-e', `s/(: )default$/\\1${replacement(name)}/`],
    input: { from: hostScript(sh`sudo -n cat /etc/rancher/k3s/k3s.yaml && echo ${end}`) },
  };
}

/** Writes the output of a command to a file that only its owner can read. */
export const writeKubeconfig = (fetch: Command, file: string): Command => ({
  program: 'sh',
  args: ['-c', String(write), 'podhost', file],
  input: { from: fetch },
});

const ownServer = '^( *)server: https://(127\\.0\\.0\\.1|\\[::1\\]):';

/** The certificate is always valid for 127.0.0.1, but not always for the address of the host. */
const serverLines = (address: string): string =>
  `\\1tls-server-name: 127.0.0.1\\\n\\1server: https://${address.includes(':') ? `[${address}]` : address}:`;

/** Escapes a replacement text of sed. */
const replacement = (text: string): string => text.replaceAll(/[\\/&#]/g, '\\$&');

/** A kubeconfig of a thousand clusters has less. */
const maximumBytes = 16 * 1024 * 1024;

const contexts = z.object({ contexts: z.array(z.object({ name: z.string() })) });

/**
 * Reads the file; undefined when it does not exist or other users can read it.
 *
 * @throws PodhostError when the file has other contexts, which would be lost, or is a link
 */
export function readKubeconfig(file: string, name: string): string | undefined {
  const status = statusOf(file);
  if (status === undefined) {
    return undefined;
  }
  if (!status.isFile() || status.nlink > 1n) {
    throw new PodhostError([linkedFile(file, status)]);
  }
  const read = readText(file, { maximumBytes, wanted: 'a kubeconfig' });
  if ('problem' in read) {
    throw new PodhostError([fileProblem('deploy', file, read.problem)]);
  }
  const { text } = read;
  const parsed = contexts.safeParse(yaml(text));
  const others = parsed.success ? parsed.data.contexts.filter((context) => context.name !== name) : undefined;
  if (text.trim() !== '' && others?.length !== 0) {
    const what = others?.map((context) => context.name).join(', ') ?? 'something else';
    throw new PodhostError([
      {
        code: 'deploy/foreign-kubeconfig',
        message: `deploy.kubeconfig names ${file}, which contains ${what}; the kubeconfig of k3s would replace it`,
        suggestion: 'write the path of a separate file, or remove deploy.kubeconfig',
      },
    ]);
  }
  return (status.mode & 0o077n) === 0n ? text : undefined;
}

function linkedFile(file: string, status: BigIntStats): Problem {
  const what = status.isSymbolicLink()
    ? 'a symbolic link'
    : status.isFile()
      ? 'one of several hard links'
      : 'not a file';
  return {
    code: 'deploy/linked-kubeconfig',
    message: `deploy.kubeconfig names ${file}, which is ${what}; the kubeconfig of k3s would replace it`,
    suggestion: 'write the path of a separate file, or remove deploy.kubeconfig',
  };
}

function yaml(text: string): unknown {
  try {
    return parse(text, { uniqueKeys: false });
  } catch {
    return undefined;
  }
}

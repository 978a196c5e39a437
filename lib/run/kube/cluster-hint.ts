import { sh } from '../../text/shell.ts';

interface Hint {
  /** What kubectl or helm says. */
  readonly pattern: RegExp;
  readonly hint: (...found: readonly string[]) => string;
}

const again = 'then run the deployment again';

/** The more telling first. */
const hints: readonly Hint[] = [
  {
    pattern: /cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/,
    hint: (verb = '', resource = '', group = '', namespace = '') => {
      const kind = group === '' ? resource : `${resource}.${group}`;
      const where = namespace === '' ? [] : [`--namespace=${namespace}`];
      const question = sh`kubectl auth can-i ${verb} ${kind} ${where}`;
      return `let an administrator give that right, until this prints yes: ${question}; ${again}`;
    },
  },
  {
    pattern: /exceeded quota: ([^,\s]+)/,
    hint: (quota) => `let an administrator raise the quota ${quota}, or ask for less in the configuration; ${again}`,
  },
  {
    pattern: /admission webhook "([^"]+)" denied|ValidatingAdmissionPolicy '([^']+)'/,
    hint: (webhook = '', policy = '') =>
      `a rule of this cluster refuses it: change in the configuration what it names, or ask who keeps ${webhook || policy}; ${again}`,
  },
  {
    pattern: /failed calling webhook "([^"]+)"/,
    hint: (webhook) =>
      `find out why the webhook ${webhook} of this cluster does not answer, or ask who keeps it; ${again}`,
  },
  {
    pattern: /database space exceeded|no space left on device|etcdserver: no space/,
    hint: () => `free space on the disk that is full, of the control plane or of this machine (df -h); ${again}`,
  },
  {
    pattern: /connection refused|connection to the server \S+ was refused/,
    hint: () => `see whether the API server runs, on k3s: ${sh`sudo systemctl status k3s`}; ${again}`,
  },
  {
    pattern: /i\/o timeout|TLS handshake timeout|Client\.Timeout|connection reset by peer|unexpected EOF|etcdserver: /,
    hint: () => `wait until this prints ok: ${sh`kubectl get --raw=/readyz`}; ${again}`,
  },
];

/** What to do about what kubectl or helm says; undefined when that is not known. */
export function clusterHint(stderr: string): string | undefined {
  for (const { pattern, hint } of hints) {
    const found = pattern.exec(stderr);
    if (found !== null) {
      return hint(...found.slice(1).map((text) => text ?? ''));
    }
  }
  return undefined;
}

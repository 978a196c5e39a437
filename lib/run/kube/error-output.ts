import type { PodhostError } from '../../problems/podhost-error.ts';
import type { Problem } from '../../problems/problem.ts';
import { k3sJournal } from '../../provision/k3s.ts';
import { sh } from '../../text/shell.ts';
import type { DeployContext } from '../context.ts';

interface Fault {
  readonly code: string;
  /** What kubectl says; the first group is what it is about. */
  readonly pattern: RegExp;
  readonly message: (about: string, context: DeployContext) => string;
  readonly suggestion: (about: string, context: DeployContext) => string;
}

const file = ({ kubeconfig }: DeployContext): string => kubeconfig ?? '$KUBECONFIG or ~/.kube/config';

const flags = ({ kubectl }: DeployContext): readonly string[] => kubectl([]).args;

const printKubeconfig = sh`sudo cat /etc/rancher/k3s/k3s.yaml`;

/** Why no cluster answers, the more telling first. */
const faults: readonly Fault[] = [
  {
    code: 'no-kubeconfig',
    pattern: /stat (\S+): no such file or directory/,
    message: (path) => `the kubeconfig ${path} does not exist`,
    suggestion: () =>
      'correct deploy.kubeconfig, or leave it out for the one of kubectl; for a host that is to get k3s write: deploy: { k3s: { version: v1.34.4+k3s1 } }',
  },
  {
    code: 'bad-kubeconfig',
    pattern: /error loading config file "([^"]+)"/,
    message: (path) => `the kubeconfig ${path} cannot be read`,
    suggestion: (path) => `look what is wrong in it: ${sh`kubectl config view --kubeconfig=${path}`}`,
  },
  {
    code: 'no-context',
    pattern: /context "([^"]+)" does not exist|context was not found for specified context: (\S+)/,
    message: (name, context) => `${file(context)} has no context ${name}`,
    suggestion: (_, { kubeconfig }) =>
      `write one of these as deploy.context: ${sh`kubectl config get-contexts --output=name ${kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]}`}`,
  },
  {
    code: 'no-cluster',
    pattern: /connection to the server (localhost:8080) was refused/,
    message: (_, context) => `kubectl knows no cluster: ${file(context)} has no current context`,
    suggestion: () =>
      `choose one: ${sh`kubectl config use-context NAME`}; or name a file with deploy.kubeconfig; or let deploy.k3s install one`,
  },
  {
    code: 'certificate-expired',
    pattern: /certificate has expired or is not yet valid(?:: (current time \S+ is (?:after|before) [^\s"]+))?/,
    message: (when) => `the certificate of the API server is not valid at this time${when === '' ? '' : ` (${when})`}`,
    suggestion: () =>
      `compare the clock of this machine (date); when it is right, renew the certificate: on k3s, ${sh`sudo systemctl restart k3s`}; with kubeadm, ${sh`sudo kubeadm certs renew all`}`,
  },
  {
    code: 'certificate-unknown',
    pattern: /(certificate signed by unknown authority)/,
    message: (_, context) =>
      `the API server is signed by another authority than the one in ${file(context)}: it is another cluster, or one that was made anew`,
    suggestion: () => `fetch the kubeconfig again (on k3s: ${printKubeconfig}); do not switch the check off`,
  },
  {
    code: 'certificate-for-other',
    pattern:
      /(certificate is valid for [^"\n]+|doesn't contain any IP SANs|certificate is not valid for any names[^"\n]*)/,
    message: (names) => `the API server has a certificate for other addresses: ${names}`,
    suggestion: (_, context) =>
      `reach it by a name that the certificate has, or write tls-server-name beside server in ${file(context)}; on k3s add the address: --tls-san=ADDRESS`,
  },
  {
    code: 'not-tls',
    pattern: /(server gave HTTP response to HTTPS client|first record does not look like a TLS handshake)/,
    message: (_, context) => `what answers at the address in ${file(context)} speaks no TLS, so it is no API server`,
    suggestion: (_, context) => `correct the address: ${sh`kubectl config view --minify ${flags(context)}`}`,
  },
  {
    code: 'unauthorized',
    pattern:
      /(\(Unauthorized\)|asked for the client to provide credentials|remote error: tls: (?:bad|expired|unknown) certificate|provide credentials|error: EOF)/,
    message: (_, context) =>
      `the cluster does not know the credentials in ${file(context)}: they have expired, or are of another cluster`,
    suggestion: (_, context) =>
      `log in anew, or fetch the kubeconfig again (on k3s: ${printKubeconfig}); then this must print a name: ${sh`kubectl auth whoami ${flags(context)}`}`,
  },
  {
    code: 'no-credentials',
    pattern: /(getting credentials: [^\n]+|exec: executable \S+ not found)/,
    message: (why, context) => `the command that ${file(context)} gets its credentials from failed: ${why}`,
    suggestion: (_, context) =>
      `run it by hand; it stands there: ${sh`kubectl config view --minify ${flags(context)}`}`,
  },
  {
    code: 'unknown-cluster-name',
    pattern: /\blookup (\S+?)(?: on \S+)?: \S/,
    message: (name) => `there is no address for ${name}, where the API server should be`,
    suggestion: (name) =>
      `look whether the name resolves here: ${sh`getent hosts ${name}`}; it may need a VPN, or the cluster is gone`,
  },
  {
    code: 'cluster-refused',
    pattern: /connection to the server (\S+) was refused|dial tcp (\S+?): connect: connection refused/,
    message: (address) => `nothing listens at ${address}, where the API server should be`,
    suggestion: () => `start it: on k3s, ${sh`sudo systemctl start k3s`}, and if it does not stay: ${k3sJournal}`,
  },
  {
    code: 'cluster-unreachable',
    pattern:
      /(?:dial tcp (\S+?): )?(?:i\/o timeout|connect: no route to host|connect: network is unreachable|context deadline exceeded|TLS handshake timeout|Client\.Timeout exceeded|Unable to connect to the server: net\/http: request canceled|it took longer than)/,
    message: (address) => `the API server${address === '' ? '' : ` at ${address}`} does not answer in time`,
    suggestion: () => 'look whether the machine runs, and whether VPN and firewall let its port (6443) through',
  },
  {
    code: 'cluster-not-ready',
    pattern:
      /(\[-\]\S+ failed|etcdserver: \S.*|the server is currently unable to handle the request|apiserver not ready)/,
    message: (what) => `the API server answers, and says that it is not ready: ${what}`,
    suggestion: (_, context) =>
      `wait until this prints ok: ${sh`kubectl get ${'--raw=/readyz?verbose'} ${flags(context)}`}`,
  },
  {
    code: 'cluster-broke-off',
    pattern: /(connection reset by peer|unexpected EOF|http2: client connection lost|broken pipe)/,
    message: (what) => `the connection to the API server broke off: ${what}`,
    suggestion: () => `run it again; when it stays so, look at the API server: on k3s, ${k3sJournal}`,
  },
];

/** What is behind the failure of a command of the cluster; undefined when it is not the way to the cluster. */
export function clusterFault(context: DeployContext, said: string): Problem | undefined {
  for (const { code, pattern, message, suggestion } of faults) {
    const found = pattern.exec(said);
    if (found !== null) {
      const about = found.slice(1).find((group) => group !== undefined) ?? '';
      return {
        code: `deploy/${code}`,
        message: message(about, context),
        suggestion: suggestion(about, context),
      };
    }
  }
  return undefined;
}

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

/** Which right the API server says that this user lacks; undefined when something else went wrong. */
export const refusedRight = ({ message }: PodhostError): string | undefined => /\(Forbidden\): (.*)/.exec(message)?.[1];

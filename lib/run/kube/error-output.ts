import type { PodhostError } from '../../problems/podhost-error.ts';
import type { Problem } from '../../problems/problem.ts';
import { sh } from '../../text/shell.ts';
import type { DeployContext } from '../context.ts';

/** A command for the user that shows why k3s does not run. */
export const k3sJournal = sh`sudo journalctl -u k3s --since -10min`;

interface ConnectionErrorPattern {
  readonly code: string;
  /** Matches the output of kubectl; the first group is the subject of the message. */
  readonly pattern: RegExp;
  readonly message: (about: string, context: DeployContext) => string;
  readonly suggestion: (about: string, context: DeployContext) => string;
}

const file = ({ kubeconfig }: DeployContext): string => kubeconfig ?? '$KUBECONFIG or ~/.kube/config';

const flags = ({ kubectl }: DeployContext): readonly string[] => kubectl([]).args;

const printKubeconfig = sh`sudo cat /etc/rancher/k3s/k3s.yaml`;

/** Reasons why a cluster does not answer, the most specific first. */
const connectionErrors: readonly ConnectionErrorPattern[] = [
  {
    code: 'no-kubeconfig',
    pattern: /stat (\S+): no such file or directory/,
    message: (path) => `the kubeconfig ${path} does not exist`,
    suggestion: () =>
      'correct deploy.kubeconfig, or remove it to use the default of kubectl; to install k3s, write: deploy: { k3s: { version: v1.34.4+k3s1 } }',
  },
  {
    code: 'bad-kubeconfig',
    pattern: /error loading config file "([^"]+)"/,
    message: (path) => `the kubeconfig ${path} cannot be read`,
    suggestion: (path) => `check it: ${sh`kubectl config view --kubeconfig=${path}`}`,
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
    message: (_, context) => `kubectl has no cluster: ${file(context)} has no current context`,
    suggestion: () =>
      `choose one: ${sh`kubectl config use-context NAME`}; or write a file as deploy.kubeconfig; or install a cluster with deploy.k3s`,
  },
  {
    code: 'certificate-expired',
    pattern: /certificate has expired or is not yet valid(?:: (current time \S+ is (?:after|before) [^\s"]+))?/,
    message: (when) => `the certificate of the API server is not valid at this time${when === '' ? '' : ` (${when})`}`,
    suggestion: () =>
      `check the clock of this machine (date); if it is correct, renew the certificate: on k3s, ${sh`sudo systemctl restart k3s`}; with kubeadm, ${sh`sudo kubeadm certs renew all`}`,
  },
  {
    code: 'certificate-unknown',
    pattern: /(certificate signed by unknown authority)/,
    message: (_, context) =>
      `the certificate of the API server is signed by another authority than the one in ${file(context)}: it is another cluster, or it was reinstalled`,
    suggestion: () => `download the kubeconfig again (on k3s: ${printKubeconfig}); do not disable the check`,
  },
  {
    code: 'certificate-for-other',
    pattern:
      /(certificate is valid for [^"\n]+|doesn't contain any IP SANs|certificate is not valid for any names[^"\n]*)/,
    message: (names) => `the certificate of the API server is for other addresses: ${names}`,
    suggestion: (_, context) =>
      `use a name of the certificate, or write tls-server-name beside server in ${file(context)}; on k3s add the address: --tls-san=ADDRESS`,
  },
  {
    code: 'not-tls',
    pattern: /(server gave HTTP response to HTTPS client|first record does not look like a TLS handshake)/,
    message: (_, context) =>
      `the server at the address in ${file(context)} does not use TLS, so it is not an API server`,
    suggestion: (_, context) => `correct the address: ${sh`kubectl config view --minify ${flags(context)}`}`,
  },
  {
    code: 'unauthorized',
    pattern:
      /(\(Unauthorized\)|asked for the client to provide credentials|remote error: tls: (?:bad|expired|unknown) certificate|provide credentials|error: EOF)/,
    message: (_, context) =>
      `the cluster rejects the credentials in ${file(context)}: they have expired, or belong to another cluster`,
    suggestion: (_, context) =>
      `log in again, or download the kubeconfig again (on k3s: ${printKubeconfig}); then this must print a name: ${sh`kubectl auth whoami ${flags(context)}`}`,
  },
  {
    code: 'no-credentials',
    pattern: /(getting credentials: [^\n]+|exec: executable \S+ not found)/,
    message: (why, context) => `the credential command of ${file(context)} failed: ${why}`,
    suggestion: (_, context) => `run it by hand; this prints it: ${sh`kubectl config view --minify ${flags(context)}`}`,
  },
  {
    code: 'unknown-cluster-name',
    pattern: /\blookup (\S+?)(?: on \S+)?: \S/,
    message: (name) => `the name of the API server, ${name}, does not resolve`,
    suggestion: (name) =>
      `check the name: ${sh`getent hosts ${name}`}; it may need a VPN, or the cluster may be deleted`,
  },
  {
    code: 'cluster-refused',
    pattern: /connection to the server (\S+) was refused|dial tcp (\S+?): connect: connection refused/,
    message: (address) => `the API server at ${address} refuses connections`,
    suggestion: () => `start it: on k3s, ${sh`sudo systemctl start k3s`}; if it stops again: ${k3sJournal}`,
  },
  {
    code: 'cluster-unreachable',
    pattern:
      /(?:dial tcp (\S+?): )?(?:i\/o timeout|connect: no route to host|connect: network is unreachable|context deadline exceeded|TLS handshake timeout|Client\.Timeout exceeded|Unable to connect to the server: net\/http: request canceled|it took longer than)/,
    message: (address) => `the API server${address === '' ? '' : ` at ${address}`} does not answer in time`,
    suggestion: () => 'check whether the machine runs, and whether a VPN or firewall blocks its port (6443)',
  },
  {
    code: 'cluster-not-ready',
    pattern:
      /(\[-\]\S+ failed|etcdserver: \S.*|the server is currently unable to handle the request|apiserver not ready)/,
    message: (what) => `the API server is not ready: ${what}`,
    suggestion: (_, context) =>
      `wait until this prints ok: ${sh`kubectl get ${'--raw=/readyz?verbose'} ${flags(context)}`}`,
  },
  {
    code: 'cluster-broke-off',
    pattern: /(connection reset by peer|unexpected EOF|http2: client connection lost|broken pipe)/,
    message: (what) => `the connection to the API server was closed: ${what}`,
    suggestion: () => `run it again; if it fails again, check the API server: on k3s, ${k3sJournal}`,
  },
];

/** The problem of the connection to the cluster that the output of kubectl shows; undefined when there is none. */
export function connectionProblem(context: DeployContext, output: string): Problem | undefined {
  for (const { code, pattern, message, suggestion } of connectionErrors) {
    const found = pattern.exec(output);
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

interface SuggestionPattern {
  /** Matches the output of kubectl or helm. */
  readonly pattern: RegExp;
  readonly suggestion: (...found: readonly string[]) => string;
}

const again = 'then run the deployment again';

/** The most specific first. */
const suggestions: readonly SuggestionPattern[] = [
  {
    pattern: /cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/,
    suggestion: (verb = '', resource = '', group = '', namespace = '') => {
      const kind = group === '' ? resource : `${resource}.${group}`;
      const where = namespace === '' ? [] : [`--namespace=${namespace}`];
      const question = sh`kubectl auth can-i ${verb} ${kind} ${where}`;
      return `ask an administrator for this permission, until this prints yes: ${question}; ${again}`;
    },
  },
  {
    pattern: /exceeded quota: ([^,\s]+)/,
    suggestion: (quota) =>
      `ask an administrator to raise the quota ${quota}, or request less in the configuration; ${again}`,
  },
  {
    pattern: /admission webhook "([^"]+)" denied|ValidatingAdmissionPolicy '([^']+)'/,
    suggestion: (webhook = '', policy = '') =>
      `a policy of this cluster rejects it: change the configuration, or ask the owner of ${webhook || policy}; ${again}`,
  },
  {
    pattern: /failed calling webhook "([^"]+)"/,
    suggestion: (webhook) =>
      `find out why the webhook ${webhook} of this cluster does not answer, or ask its owner; ${again}`,
  },
  {
    pattern: /database space exceeded|no space left on device|etcdserver: no space/,
    suggestion: () => `free space on the full disk, of the control plane or of this machine (df -h); ${again}`,
  },
  {
    pattern: /connection refused|connection to the server \S+ was refused/,
    suggestion: () => `check whether the API server runs, on k3s: ${sh`sudo systemctl status k3s`}; ${again}`,
  },
  {
    pattern: /i\/o timeout|TLS handshake timeout|Client\.Timeout|connection reset by peer|unexpected EOF|etcdserver: /,
    suggestion: () => `wait until this prints ok: ${sh`kubectl get --raw=/readyz`}; ${again}`,
  },
];

/** Suggestion for an error output of kubectl or helm; undefined when the error is not known. */
export function clusterSuggestion(stderr: string): string | undefined {
  for (const { pattern, suggestion } of suggestions) {
    const found = pattern.exec(stderr);
    if (found !== null) {
      return suggestion(...found.slice(1).map((text) => text ?? ''));
    }
  }
  return undefined;
}

/** The permission that the API server denied; undefined for other errors. */
export const deniedPermission = ({ message }: PodhostError): string | undefined =>
  /\(Forbidden\): (.*)/.exec(message)?.[1];

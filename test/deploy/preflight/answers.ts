import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSystem } from '../../../lib/config/load-system.ts';
import type { SystemConfig } from '../../../lib/config/schema/system.ts';
import type { Check, CheckResult } from '../../../lib/deploy/preflight/preflight-context.ts';
import { PreflightContext } from '../../../lib/deploy/preflight/preflight-context.ts';
import type { Scope } from '../../../lib/deploy/preflight/scope.ts';
import { prerequisiteChecks } from '../../../lib/deploy/steps/preflight/checks.ts';
import { k3sPath } from '../../../lib/provision/k3s.ts';
import type { Command, CommandResult, CommandRunner } from '../../../lib/run/command/command.ts';
import type { DeployContext } from '../../../lib/run/context.ts';
import { createContext, type StepName, stepNames } from '../../../lib/run/context.ts';

/** What a command prints, as text or as JSON, or how it fails. */
export type Answer = string | object | { readonly fails: string; readonly status?: number; readonly stdout?: string };

/** Answers by how a command line begins or what it contains; the first that fits counts. */
export type Answers = Readonly<Record<string, Answer>>;

/** A cluster in which nothing is wrong, and which nobody has used yet. */
export const emptyCluster: Answers = {
  'kubectl version --client': { clientVersion: { gitVersion: 'v1.34.4' } },
  'kubectl get --raw=/readyz': 'ok',
  'kubectl get --raw=/version': { gitVersion: 'v1.34.4+k3s1' },
  'helm version': 'v3.18.0+gabc',
  'helm show chart': 'name: otel-integration',
  'kubectl api-resources': [
    'configmaps cm v1 true ConfigMap',
    'namespaces ns v1 false Namespace',
    'persistentvolumeclaims pvc v1 true PersistentVolumeClaim',
    'serviceaccounts sa v1 true ServiceAccount',
    'services svc v1 true Service',
    'deployments deploy apps/v1 true Deployment',
    'statefulsets sts apps/v1 true StatefulSet',
    'ingresses ing networking.k8s.io/v1 true Ingress',
    'middlewares traefik.io/v1alpha1 true Middleware',
  ].join('\n'),
  'kubectl create --filename=- --output=json': '',
  'kubectl get nodes': {
    items: [
      {
        metadata: { name: 'node-a' },
        spec: {},
        status: {
          conditions: [{ type: 'Ready', status: 'True' }],
          nodeInfo: { architecture: 'amd64', kernelVersion: '6.1.0-18', operatingSystem: 'linux' },
        },
      },
    ],
  },
  'kubectl get storageclasses': {
    items: [
      { metadata: { name: 'local-path', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } } },
    ],
  },
  'kubectl get namespace ': '',
  'kubectl get secret dataprime-demo-tls': 'secret/dataprime-demo-tls',
  'kubectl get secret ': '',
  'kubectl get pods --all-namespaces': '',
  'kubectl get ': { items: [] },
};

/** The machine of the host when nothing is wrong with it. */
export const emptyHost: Answers = {
  'ssh -V': '',
  'ssh -G': 'hostname 192.0.2.7',
  'sudo -n true': '',
  [`sh -c exec sudo -n "${k3sPath}" kubectl`]: { fails: 'k3s: command not found', status: 127 },
  'sh -c sudo -n ss': '',
  'docker version': '27.1.0',
  true: '',
  'sh -c ': '',
};

/** Answers what it was told to, and keeps what was asked. */
export class AnsweringRunner implements CommandRunner {
  readonly asked: Command[] = [];

  constructor(private readonly answers: Answers) {}

  /** Command lines that were asked. */
  get lines(): string[] {
    return this.asked.map(lineOf);
  }

  async run(command: Command): Promise<CommandResult> {
    this.asked.push(command);
    const line = lineOf(command);
    const found = Object.entries(this.answers).find(([begin]) => line.startsWith(begin));
    if (found === undefined) {
      throw new Error(`no answer begins like this command; add one to the answers of the test: ${line}`);
    }
    const [, answer] = found;
    const result = { exitStatus: 0, stdout: '', stderr: '', milliseconds: 1 };
    if (typeof answer === 'string') {
      return { ...result, stdout: answer };
    }
    if ('fails' in answer) {
      return { ...result, exitStatus: answer.status ?? 1, stderr: answer.fails, stdout: answer.stdout ?? '' };
    }
    return { ...result, stdout: JSON.stringify(answer) };
  }
}

const lineOf = ({ program, args }: Command): string => [program, ...args].join(' ');

const configFile = 'config/dataprime-demo.yaml';

/** Reading it takes longer than any check. */
const loaded = loadSystem(configFile);

export interface BedProps {
  /** In place of those of an empty cluster, or before them. */
  readonly answers?: Answers;
  readonly steps?: readonly StepName[];
  readonly migrate?: boolean;
  readonly canAsk?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
  readonly dist?: string;
  readonly host?: string;
  readonly pruneVolumes?: boolean;
  /** Changes the configuration of the example system. */
  readonly change?: (config: SystemConfig) => SystemConfig;
}

/** The example system, with a cluster and a host that answer as told. */
export interface Bed {
  readonly context: DeployContext;
  readonly runner: AnsweringRunner;
  readonly preflight: PreflightContext;
}

export function bed(props: BedProps = {}): Bed {
  const { answers = {}, steps = stepNames, migrate = false, canAsk = false, environment = {}, dist = 'dist' } = props;
  const runner = new AnsweringRunner({ ...answers, ...emptyCluster, ...emptyHost, ...answers });
  const config = props.change?.(loaded.config) ?? loaded.config;
  const context = createContext({
    ...loaded,
    config,
    configFile,
    dist,
    runner,
    environment,
    signal: new AbortController().signal,
    stateFolder: join(tmpdir(), 'podhost-no-state'),
    migrate,
    pruneVolumes: props.pruneVolumes ?? false,
    steps: [],
    report: () => {},
    confirm: async () => true,
    ...(props.host === undefined ? {} : { host: props.host }),
  });
  const scope: Scope = { config, host: context.host, migrate, steps: new Set(steps), canAsk };
  return { context, runner, preflight: new PreflightContext({ context, scope, prerequisiteChecks }) };
}

/** What one check finds. */
export const findings = (check: Check, props?: BedProps): Promise<CheckResult> => bed(props).preflight.result(check);

/** Codes of the problems that one check finds. */
export async function codes(check: Check, props?: BedProps): Promise<string[]> {
  return ((await findings(check, props)).problems ?? []).map(({ code }) => code);
}

/** `deploy` of the configuration, with some of it different. */
export const withDeploy =
  (deploy: Partial<SystemConfig['deploy']>): NonNullable<BedProps['change']> =>
  (config) => ({ ...config, deploy: { ...config.deploy, ...deploy } });

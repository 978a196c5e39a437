import { setTimeout as sleep } from 'node:timers/promises';
import { PodhostError } from '../problems/podhost-error.ts';
import type { DeployContext } from './context.ts';
import { gitopsFolder } from './kube/objects.ts';
import { ifReachable, oneLine } from './kube/read.ts';
import type { Action } from './step.ts';

/** Properties of a verification. */
export interface VerificationProps {
  /** As a sentence, e.g. `An agent is ready on every node`. */
  readonly title: string;
  /**
   * How long to wait for the expected state, in seconds.
   *
   * @default - the time that controllers need to react
   */
  readonly timeoutSeconds?: number;
}

/** An action without commands that waits until a lookup succeeds. */
export function verification(
  context: DeployContext,
  props: string | VerificationProps,
  lookup: () => Promise<string>,
): Action {
  const { title, timeoutSeconds = controllerTimeoutSeconds } = typeof props === 'string' ? { title: props } : props;
  let reportProblem: (progress: string) => void = () => {};
  return {
    title,
    upToDate: (report) => {
      if (report !== undefined && timeoutSeconds > controllerTimeoutSeconds) {
        reportProblem = (progress) => report(`waits for at most ${timeoutSeconds} s: ${progress}`);
      }
      return ifReachable(lookup);
    },
    afterOthers: true,
    commands: [],
    verify: () => eventually(context, { lookup, timeoutSeconds, reportProblem }),
  };
}

interface Wait {
  readonly lookup: () => Promise<string>;
  readonly timeoutSeconds: number;
  /** Receives the reason why the state is not reached yet. */
  readonly reportProblem: (progress: string) => void;
}

async function eventually({ signal }: DeployContext, { lookup, timeoutSeconds, reportProblem }: Wait): Promise<void> {
  const start = performance.now();
  for (;;) {
    try {
      await lookup();
      return;
    } catch (error) {
      if (!(error instanceof PodhostError) || signal.aborted || performance.now() > start + timeoutSeconds * 1_000) {
        throw error;
      }
      reportProblem(error.problems.map(oneLine).join('; '));
    }
    await sleep(pauseMilliseconds(performance.now() - start), undefined, { signal }).catch(() => {});
  }
}

/** The interval grows after the first seconds, because each kubectl process is expensive. */
const pauseMilliseconds = (waited: number): number => (waited < controllerTimeoutSeconds * 1_000 ? 500 : 3_000);

/** The error of a verification that found another state. */
export const verificationError = (code: string, message: string, suggestion: string): PodhostError =>
  new PodhostError([{ code: `deploy/${code}`, message, suggestion }], 3);

/** Time that controllers need to react to a change, in seconds. */
export const controllerTimeoutSeconds = 15;

type Configured = Pick<DeployContext, 'config'>;

/** Timeout for objects that a GitOps tool or an operator creates. */
export const deliveryTimeoutSeconds = ({ config }: Configured): number =>
  Math.max(controllerTimeoutSeconds, config.deploy.rolloutSeconds);

/** Timeout for the collector. A GitOps tool may not have installed it yet; the deployment has already waited for its own rollout. */
export const collectorTimeoutSeconds = (context: Configured): number => {
  const { gitops, collector } = context.config;
  const isDelivered = gitops !== undefined && (gitops.tool !== 'k3s' || collector.delivery === 'helm-values');
  return isDelivered ? deliveryTimeoutSeconds(context) : controllerTimeoutSeconds;
};

/** Timeout for the certificate, which an authority issues or a GitOps tool installs. */
export const certificateTimeoutSeconds = (context: Configured): number => {
  const { ingress } = context.config;
  const isIssued = ingress !== undefined && ingress.certificate.secretName === undefined;
  return isIssued || gitopsFolder(context.config) !== undefined
    ? deliveryTimeoutSeconds(context)
    : controllerTimeoutSeconds;
};

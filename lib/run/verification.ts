import { setTimeout as sleep } from 'node:timers/promises';
import { PodhostError } from '../problems/podhost-error.ts';
import type { DeployContext } from './context.ts';
import { gitopsFolder } from './kube/manifests.ts';
import { ifReachable, oneLine } from './kube/read.ts';
import type { Action } from './step.ts';

/** What a check makes sure of. */
export interface CheckProps {
  /** As a sentence, e.g. `An agent is ready on every node`. */
  readonly title: string;
  /**
   * How long it may take to become so.
   *
   * @default - what controllers lag behind what they are told
   */
  readonly patienceSeconds?: number;
}

/** An action that only looks. What it looks at may become so in a moment, or as soon as somebody else has brought it. */
export function check(context: DeployContext, props: string | CheckProps, look: () => Promise<string>): Action {
  const { title, patienceSeconds = soonSeconds } = typeof props === 'string' ? { title: props } : props;
  let told: (progress: string) => void = () => {};
  return {
    title,
    alreadySo: (tell) => {
      if (tell !== undefined && patienceSeconds > soonSeconds) {
        told = (progress) => tell(`waits for at most ${patienceSeconds} s: ${progress}`);
      }
      return ifReachable(look);
    },
    afterOthers: true,
    commands: [],
    prove: () => eventually(context, { look, patienceSeconds, told }),
  };
}

interface Wait {
  readonly look: () => Promise<string>;
  readonly patienceSeconds: number;
  /** Is told why it is not so yet. */
  readonly told: (progress: string) => void;
}

async function eventually({ signal }: DeployContext, { look, patienceSeconds, told }: Wait): Promise<void> {
  const start = performance.now();
  for (;;) {
    try {
      await look();
      return;
    } catch (error) {
      if (!(error instanceof PodhostError) || signal.aborted || performance.now() > start + patienceSeconds * 1_000) {
        throw error;
      }
      told(error.problems.map(oneLine).join('; '));
    }
    await sleep(pauseMilliseconds(performance.now() - start), undefined, { signal }).catch(() => {});
  }
}

/** What takes minutes is not worth a look every moment, which of kubectl is heavy. */
const pauseMilliseconds = (waited: number): number => (waited < soonSeconds * 1_000 ? 500 : 3_000);

/** What a look has found to be otherwise. */
export const found = (code: string, message: string, suggestion: string): PodhostError =>
  new PodhostError([{ code: `deploy/${code}`, message, suggestion }], 3);

/** How long controllers may lag behind what they are told. */
export const soonSeconds = 15;

type Configured = Pick<DeployContext, 'config'>;

/** For what somebody else brings after it was told to. */
export const deliverySeconds = ({ config }: Configured): number => Math.max(soonSeconds, config.deploy.rolloutSeconds);

/** For the collector: a GitOps tool may not have installed it yet; what is applied here was waited for. */
export const collectorSeconds = (context: Configured): number => {
  const { gitops, collector } = context.config;
  const isDelivered = gitops !== undefined && (gitops.tool !== 'k3s' || collector.delivery === 'helm-values');
  return isDelivered ? deliverySeconds(context) : soonSeconds;
};

/** For the certificate: an authority issues it, or a GitOps tool brings who asks for it. */
export const certificateSeconds = (context: Configured): number => {
  const { ingress } = context.config;
  const isIssued = ingress !== undefined && ingress.certificate.secretName === undefined;
  return isIssued || gitopsFolder(context.config) !== undefined ? deliverySeconds(context) : soonSeconds;
};

import { visibleLine } from '../../text/visible.ts';
import { broken, type HopCheck, inTransition, proven, sentences, unchecked } from '../check.ts';
import type { Unread } from '../cluster/kube-error.ts';
import type { LivePod } from '../cluster/live-pod.ts';
import { CoralogixError } from '../coralogix/coralogix-error.ts';
import type { ProbeAnswer } from '../coralogix/probe-spans.ts';
import type { Target } from '../target.ts';
import type { FiguresChange } from './collector-figures.ts';

/** What became of the Job of one probe. */
export interface SentProbe {
  readonly target: Target;
  readonly mark: string;
  /** Why it was not sent; undefined where its pod ended. */
  readonly unsent?: HopCheck;
  /** The pod that ended; undefined where there was none. */
  readonly run?: {
    readonly pod: LivePod;
    readonly exitCode: number;
    /** Undefined where it cannot be read. */
    readonly log: string | undefined;
  };
}

/** The line that the generator prints when an export fails, with the reason behind it. */
const exportFailure = /^.*traces export: (.*)$/m;

/** Whether the collector has taken the span from the probe. */
export function checkSent({ target, unsent, run }: SentProbe): HopCheck {
  const id = 'probe/send';
  if (unsent !== undefined || run === undefined) {
    return unsent ?? unchecked(id, 'the probe was not sent');
  }
  const { pod, exitCode, log } = run;
  const where = `pod ${pod.name} on node ${pod.node ?? '(none)'}`;
  const [, failure] = exportFailure.exec(log ?? '') ?? [];
  if (failure !== undefined || exitCode !== 0) {
    const reason = failure ?? lastLine(log) ?? `its process ended with exit status ${exitCode}`;
    return broken(id, `a probe cannot send a span as ${target.service} does: ${visibleLine(reason.slice(0, 300))}`, {
      remedy: 'compare the endpoint with the Services of its namespace, and look at the policies of the network',
      evidence: sentences(where, `exit status ${exitCode}`),
    });
  }
  return proven(id, `a collector accepted the span of a probe with the environment of ${target.service}`, {
    evidence: sentences(where, log === undefined ? 'its log cannot be read' : 'its log has no failed export'),
  });
}

const lastLine = (log: string | undefined): string | undefined => log?.trim().split('\n').at(-1) || undefined;

/** Whether the span of a probe is in Coralogix with the pod that sent it. */
export function checkArrival(probe: SentProbe, answer: ProbeAnswer | CoralogixError): HopCheck[] {
  const id = 'probe/arrives';
  const { run, mark } = probe;
  if (run === undefined || checkSent(probe).status !== 'proven') {
    return [];
  }
  if (answer instanceof CoralogixError) {
    return [unchecked(id, answer.message, { remedy: answer.remedy })];
  }
  const evidence = sentences(`mark ${mark}`, `query: ${answer.query}`);
  const span = answer.found.get(mark);
  if (span === undefined) {
    return answer.partial === undefined
      ? [
          broken(id, 'the collector accepted the span of a probe, and it is not in Coralogix after three minutes', {
            remedy: 'look for a filter, sampling or a failing exporter in the hops pipeline and intake',
            evidence,
          }),
        ]
      : [unchecked(id, `the answer is not whole, so that no span is no proof: ${answer.partial}`, { evidence })];
  }
  const wanted = {
    'k8s.pod.name': run.pod.name,
    'k8s.namespace.name': run.pod.namespace,
    'k8s.node.name': run.pod.node,
  };
  for (const [name, value] of Object.entries(wanted)) {
    const found = span.get(name);
    if (value !== undefined && found !== value) {
      const message =
        found === undefined
          ? `the span of a probe arrived without ${name}`
          : `the span of a probe arrived with ${name} ${visibleLine(found)}, and was sent with ${value}`;
      const remedy = 'let the collector that the probe reaches add the attributes of the pod by k8sattributes';
      return [broken(id, message, { remedy, evidence })];
    }
  }
  return [proven(id, 'the span of a probe arrived in Coralogix with its pod, namespace and node', { evidence })];
}

/**
 * Whether the collector has sent on the span of a probe, by what it counts of itself: less than an arrival, and all
 * that is known without Coralogix.
 *
 * @param unread why Coralogix was not read; undefined where it was not asked for
 */
export function checkFigures(
  probe: SentProbe,
  change: FiguresChange | undefined,
  unread: Unread | undefined,
): HopCheck[] {
  if (probe.run === undefined || checkSent(probe).status !== 'proven') {
    return [];
  }
  const missing = unread === undefined ? [] : [unchecked('probe/arrives', unread.unread, unread)];
  return [sentOn(change), ...missing];
}

function sentOn(change: FiguresChange | undefined): HopCheck {
  const id = 'probe/sent-on';
  if (change === undefined) {
    return unchecked(id, 'the metrics of the collector that accepted the span of the probe cannot be read');
  }
  const { sent, failed, pod } = change;
  const evidence = sentences(`pod ${pod}: ${sent} more spans sent since the probe, ${failed} failed`);
  if (failed > 0) {
    return broken(id, `the collector accepted the span of a probe, and fails to send ${failed} spans`, { evidence });
  }
  return sent > 0
    ? proven(id, 'the collector has sent spans since it accepted that of the probe, and failed to send none', {
        evidence,
      })
    : inTransition(id, 'the collector has not sent the span of the probe yet', { evidence });
}

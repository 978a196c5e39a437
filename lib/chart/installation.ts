import { textsAt } from '../yaml/value.ts';
import type { ChartValues } from './chart-values.ts';
import type { SubChart } from './sub-chart.ts';
import { withTemplates } from './template-text.ts';

/** Stands for a release's name, which only `helm install` knows. */
export const unknownRelease = '<release>';

/** Where a sub-chart is installed, and under which names. */
export interface Installation {
  readonly namespace: string;
  /** Name of its objects. */
  readonly name: string;
  /** Labels that its Service selects. */
  readonly selector: Readonly<Record<string, string>>;
  /** Labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
}

export function installation(
  { alias }: SubChart,
  values: ChartValues,
  releaseNamespace: string,
  release: string,
): Installation {
  const name = values.text('nameOverride') ?? alias;
  const component = components[values.mode];
  const selector = {
    'app.kubernetes.io/name': short(name),
    'app.kubernetes.io/instance': release,
    ...(component === undefined ? {} : { component }),
  };
  const podLabels = textsAt({ labels: withTemplates(values.mapping('podLabels'), values.all) }, 'labels');
  return {
    namespace: values.text('namespaceOverride') ?? releaseNamespace,
    name: short(values.text('fullnameOverride') ?? (release.includes(name) ? release : `${release}-${name}`)),
    selector,
    labels: { ...selector, ...podLabels },
  };
}

const components: Readonly<Record<string, string>> = {
  daemonset: 'agent-collector',
  deployment: 'standalone-collector',
  statefulset: 'statefulset-collector',
};

/** Names of Kubernetes end at 63 characters, and never with a dash. */
const short = (name: string): string => name.slice(0, 63).replace(/-$/, '');

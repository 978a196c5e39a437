import { ownValue } from '../own-value.ts';
import { type Mapping, textsAt } from '../yaml/value.ts';
import type { ChartValues } from './chart-values.ts';
import { otelIntegrationChart } from './names.ts';
import { type TemplateContext, withTemplates } from './template-text.ts';

/** Stands for a release's name, which only `helm install` knows. */
export const unknownRelease = '<release>';

/** The release that values are for. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
}

/** Where a sub-chart is installed, and under which names. */
export interface Installation {
  readonly namespace: string;
  /** Name of its objects. */
  readonly name: string;
  /** Labels that its Service selects. */
  readonly selector: Readonly<Record<string, string>>;
}

export function installation(alias: string, values: ChartValues, release: Release): Installation {
  const name = values.text('nameOverride') ?? alias;
  const component = ownValue(components, values.mode);
  return {
    namespace: values.text('namespaceOverride') ?? release.namespace,
    name: short(
      values.text('fullnameOverride') ?? (release.name.includes(name) ? release.name : `${release.name}-${name}`),
    ),
    selector: {
      'app.kubernetes.io/name': short(name),
      'app.kubernetes.io/instance': release.name,
      ...(component === undefined ? {} : { component }),
    },
  };
}

/** Labels of the pods. */
export const podLabels = (
  { selector }: Installation,
  values: ChartValues,
  context: TemplateContext,
): Readonly<Record<string, string>> => ({
  ...selector,
  ...textsAt({ labels: withTemplates(values.mapping('podLabels'), context) }, 'labels'),
});

/** What templates in texts of a sub-chart read. */
export const templateContext = (alias: string, values: Mapping, release: Release): TemplateContext => ({
  Values: values,
  Release: {
    Name: release.name,
    Namespace: release.namespace,
    Service: 'Helm',
    Revision: 1,
    IsInstall: true,
    IsUpgrade: false,
  },
  Chart: { Name: alias, Version: otelIntegrationChart.collectorVersion, AppVersion: otelIntegrationChart.appVersion },
});

const components: Readonly<Record<string, string>> = {
  daemonset: 'agent-collector',
  deployment: 'standalone-collector',
  statefulset: 'statefulset-collector',
};

/** Names of Kubernetes end at 63 characters, and never with a dash. */
const short = (name: string): string => name.slice(0, 63).replace(/-$/, '');

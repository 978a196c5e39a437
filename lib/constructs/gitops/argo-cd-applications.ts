import { Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { Application, type ApplicationSpec } from '../../../imports/argo-cd-argoproj.io.ts';
import { otelIntegrationChart } from '../../chart/names.ts';
import { recommendedLabels } from '../labels.ts';
import { sortedKeys } from '../sorted-keys.ts';
import type { ReleaseProps } from './collector-chart.ts';

interface ArgoCdApplicationsProps {
  /** Name of the system, and of its Application. */
  readonly name: string;
  /** Address of the git repository that holds the output folder. */
  readonly repository: string;
  /** Branch, tag or commit. */
  readonly revision: string;
  /** The output folder in that repository. */
  readonly path: string;
  /** Project of Argo CD. */
  readonly project: string;
  /**
   * The collector's chart.
   *
   * @default - the collector is part of the output folder
   */
  readonly release?: ReleaseProps;
}

/** The API server of the cluster that Argo CD runs in. */
const destinationServer = 'https://kubernetes.default.svc';

/**
 * What Argo CD keeps as it is in git: the output folder, and the collector's chart with the same values as the values
 * file. The first holds both, so that a commit alone changes either.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/
 */
export class ArgoCdApplications extends Construct {
  constructor(scope: Construct, id: string, props: ArgoCdApplicationsProps) {
    super(scope, id);
    const { name, project, repository, revision, path, release } = props;
    const application = (child: string, applicationName: string, spec: Pick<ApplicationSpec, 'source'>, into: string) =>
      new Application(this, child, {
        metadata: {
          name: applicationName,
          namespace: Chart.of(this).namespace,
          labels: recommendedLabels({ name: applicationName, partOf: name }),
        },
        spec: {
          project,
          ...spec,
          destination: { server: destinationServer, namespace: into },
          syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['ServerSideApply=true'] },
        },
      });

    const directory = { recurse: true, exclude: 'helm/*' };
    const source = { repoUrl: repository, targetRevision: revision, path, directory };
    application('System', name, { source }, 'default');
    if (release !== undefined) {
      const chart = {
        // Argo CD knows a registry by its address having no scheme.
        repoUrl: release.repository.replace(/^oci:\/\//, ''),
        chart: otelIntegrationChart.name,
        targetRevision: otelIntegrationChart.version,
        helm: { releaseName: release.release },
      };
      const collector = application('Collector', `${name}-collector`, { source: chart }, release.namespace);
      collector.addJsonPatch(JsonPatch.add('/spec/source/helm/valuesObject', sortedKeys(release.values)));
    }
  }
}

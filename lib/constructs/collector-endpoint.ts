import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { otlpPort } from '../chart/names.ts';
import { recommendedLabels } from './labels.ts';

/** Props of `CollectorEndpoint`. */
export interface CollectorEndpointProps {
  /** The system that it belongs to. */
  readonly partOf: string;
  /** Namespace of the collector. */
  readonly collectorNamespace: string;
  /**
   * Host name that the services use.
   *
   * @default coralogix-opentelemetry-collector
   */
  readonly name?: string;
  /**
   * Service of the agent in the collector's namespace; its `internalTrafficPolicy` must be `Local`.
   *
   * @default coralogix-opentelemetry
   */
  readonly agentService?: string;
  /**
   * DNS domain of the cluster.
   *
   * @default cluster.local
   */
  readonly clusterDomain?: string;
}

/**
 * A name in the application's namespace that leads to the agent on the pod's own node.
 *
 * Without it `coralogix-opentelemetry-collector` is the chart's cluster collector: spans would be enriched there, but
 * no span metrics would come of them, and their host would be wrong.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#externalname
 */
export class CollectorEndpoint extends Construct {
  /** Name of the alias Service. */
  readonly name: string;
  /** What `OTEL_EXPORTER_OTLP_ENDPOINT` is set to. */
  readonly url: string;
  /** What it is set to for `http/protobuf`. */
  readonly httpUrl: string;

  constructor(scope: Construct, id: string, props: CollectorEndpointProps) {
    super(scope, id);
    const agentService = props.agentService ?? 'coralogix-opentelemetry';
    const clusterDomain = props.clusterDomain ?? 'cluster.local';
    this.name = props.name ?? 'coralogix-opentelemetry-collector';
    this.url = `http://${this.name}:${otlpPort.grpc}`;
    this.httpUrl = `http://${this.name}:${otlpPort.http}`;
    new k8s.KubeService(this, 'Resource', {
      metadata: { name: this.name, labels: recommendedLabels({ name: this.name, partOf: props.partOf }) },
      spec: {
        type: 'ExternalName',
        externalName: `${agentService}.${props.collectorNamespace}.svc.${clusterDomain}`,
        ports: [{ name: 'otlp', port: otlpPort.grpc, appProtocol: 'grpc' }],
      },
    });
    this.node.addValidation({
      validate: () =>
        Chart.of(this).namespace === props.collectorNamespace
          ? [
              `Service ${this.name} would be in the collector's own namespace ${props.collectorNamespace}, where the chart has Services of its own: make it in a chart of the application's namespace`,
            ]
          : [],
    });
  }
}

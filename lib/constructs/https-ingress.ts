import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Middleware } from '../../imports/traefik-traefik.io.ts';
import { recommendedLabels } from './labels.ts';

/** Where the certificate comes from. */
export type Certificate =
  /** An existing Secret of type kubernetes.io/tls. */
  | { readonly secretName: string }
  /** cert-manager issues it. */
  | { readonly issuer: { readonly kind: 'ClusterIssuer' | 'Issuer'; readonly name: string } }
  /** One of Traefik's own certificate resolvers (ACME). */
  | { readonly traefikResolver: string };

/** Props of `HttpsIngress`. */
export interface HttpsIngressProps {
  /** Name of the Ingress. */
  readonly name: string;
  /** The system that it belongs to. */
  readonly partOf: string;
  /** Namespace of the Ingress: Traefik names a Middleware by namespace and name. */
  readonly namespace: string;
  /** Host name that the certificate is for. */
  readonly host: string;
  /** Where the certificate comes from. */
  readonly certificate: Certificate;
  /** Which path leads to which Service. */
  readonly routes: readonly { readonly path: string; readonly service: string; readonly port: number }[];
}

const ingressClassName = 'traefik';

/**
 * HTTPS through Traefik as k3s installs it, and a redirect from HTTP.
 *
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/
 */
export class HttpsIngress extends Construct {
  constructor(scope: Construct, id: string, props: HttpsIngressProps) {
    super(scope, id);
    const labels = recommendedLabels(props);
    const middlewareName = `${props.name}-redirect-https`;
    const { annotations, secretName } = certificateSettings(props);
    const rules: k8s.IngressRule[] = [
      {
        host: props.host,
        http: {
          paths: props.routes.map(({ path, service, port }) => ({
            path,
            pathType: 'Prefix',
            backend: { service: { name: service, port: { number: port } } },
          })),
        },
      },
    ];

    new k8s.KubeIngress(this, 'Resource', {
      metadata: {
        name: props.name,
        labels,
        annotations: {
          'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
          'traefik.ingress.kubernetes.io/router.tls': 'true',
          ...annotations,
        },
      },
      spec: { ingressClassName, rules, tls: [{ hosts: [props.host], secretName }] },
    });

    new Middleware(this, 'Redirect', {
      metadata: { name: middlewareName, labels },
      spec: { redirectScheme: { scheme: 'https', permanent: true } },
    });

    new k8s.KubeIngress(this, 'Http', {
      metadata: {
        name: `${props.name}-http`,
        labels,
        annotations: {
          'traefik.ingress.kubernetes.io/router.entrypoints': 'web',
          'traefik.ingress.kubernetes.io/router.middlewares': `${props.namespace}-${middlewareName}@kubernetescrd`,
        },
      },
      spec: { ingressClassName, rules },
    });
  }
}

function certificateSettings({ name, certificate }: HttpsIngressProps): {
  readonly annotations: Record<string, string>;
  readonly secretName?: string;
} {
  if ('secretName' in certificate) {
    return { annotations: {}, secretName: certificate.secretName };
  }
  if ('issuer' in certificate) {
    const key = certificate.issuer.kind === 'ClusterIssuer' ? 'cluster-issuer' : 'issuer';
    return { annotations: { [`cert-manager.io/${key}`]: certificate.issuer.name }, secretName: `${name}-tls` };
  }
  return { annotations: { 'traefik.ingress.kubernetes.io/router.tls.certresolver': certificate.traefikResolver } };
}

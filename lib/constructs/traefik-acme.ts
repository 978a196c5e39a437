import { Construct } from 'constructs';
import { HelmChartConfig } from '../../imports/k3s-helm.cattle.io.ts';
import { toYaml } from '../yaml/to-yaml.ts';
import { recommendedLabels } from './labels.ts';

/** Name of the resolver that `TraefikAcme` makes. */
export const acmeResolver = 'acme';

export interface TraefikAcmeProps {
  /** The system that it belongs to. */
  readonly partOf: string;
  /** Whom the authority warns of certificates that expire. */
  readonly email: string;
  /**
   * Directory of the ACME server.
   *
   * @default - Let's Encrypt, as Traefik has it
   */
  readonly server?: string;
}

/**
 * Gives the Traefik that k3s brings a certificate resolver. Its challenge is answered on port 443, and what it fetches
 * is kept on a volume: an authority refuses those who ask again at every restart.
 *
 * A cluster has one such object: settings from another source must be merged by hand.
 *
 * @see https://docs.k3s.io/add-ons/helm#customizing-packaged-components-with-helmchartconfig
 * @see https://doc.traefik.io/traefik/reference/install-configuration/tls/certificate-resolvers/acme/
 */
export class TraefikAcme extends Construct {
  constructor(scope: Construct, id: string, { partOf, email, server }: TraefikAcmeProps) {
    super(scope, id);
    const settings = {
      email,
      storage: '/data/acme.json',
      ...(server === undefined ? {} : { caserver: server }),
      tlschallenge: 'true',
    };
    new HelmChartConfig(this, 'Resource', {
      metadata: {
        name: 'traefik',
        namespace: 'kube-system',
        labels: recommendedLabels({ name: 'traefik', partOf }),
      },
      spec: {
        valuesContent: toYaml({
          // The chart has renamed its own key for resolvers; arguments are the same in all versions.
          additionalArguments: Object.entries(settings).map(
            ([name, value]) => `--certificatesresolvers.${acmeResolver}.acme.${name}=${value}`,
          ),
          persistence: { enabled: true },
        }),
      },
    });
  }
}

import type { CertificateConfig } from '../config/schema/ingress.ts';
import type { Certificate } from './https-ingress.ts';
import { acmeResolver } from './traefik-acme.ts';

/** @throws Error when no source is named; loading a configuration refuses that first */
export function certificateOf({ secretName, certManager, traefikResolver, acme }: CertificateConfig): Certificate {
  if (secretName !== undefined) {
    return { secretName };
  }
  if (certManager !== undefined) {
    return { issuer: certManager };
  }
  if (traefikResolver !== undefined) {
    return { traefikResolver };
  }
  if (acme !== undefined) {
    return { traefikResolver: acmeResolver };
  }
  throw new Error('ingress.certificate names no source: write secretName, certManager, traefikResolver or acme');
}

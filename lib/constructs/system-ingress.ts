import type { CertificateConfig } from '../config/schema/ingress.ts';
import type { Certificate } from './https-ingress.ts';

/** @throws Error when no source is named; loading a configuration refuses that first */
export function certificateOf({ secretName, certManager, traefikResolver }: CertificateConfig): Certificate {
  if (secretName !== undefined) {
    return { secretName };
  }
  if (certManager !== undefined) {
    return { issuer: certManager };
  }
  if (traefikResolver !== undefined) {
    return { traefikResolver };
  }
  throw new Error('ingress.certificate names no source: write secretName, certManager or traefikResolver');
}

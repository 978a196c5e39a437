import type { ConfigRule } from './rule.ts';

const sources = ['secretName', 'certManager', 'traefikResolver', 'acme'] as const;

/** The certificate comes from one place. */
export const requireOneCertificateSource: ConfigRule = {
  id: 'require-one-certificate-source',
  *check({ system }) {
    const certificate = system.at('ingress', 'certificate');
    if (certificate.kind !== 'mapping') {
      return;
    }
    const [first, second] = certificate.entries().filter(([key]) => sources.some((source) => source === key));
    const unknown = certificate.entries().length > 0;
    if (first === undefined && !unknown) {
      const message = 'ingress.certificate has no source of the certificate';
      yield certificate.finding(
        message,
        'write: secretName: …, certManager: { name: … }, traefikResolver: … or acme: { email: … }',
      );
    } else if (first !== undefined && second !== undefined) {
      const message = `ingress.certificate has both ${first[0]} and ${second[0]}; one certificate comes from one place`;
      yield second[1].keyFinding(message, `remove ${first[0]} or ${second[0]}`);
    }
  },
};

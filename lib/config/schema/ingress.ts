import { z } from 'zod';
import { httpsAddress, resolverName } from './identifiers.ts';
import { absolutePath, dnsLabel, dnsSubdomain, textLike } from './scalars.ts';

/** Exactly one source of the certificate: the rule `require-one-certificate-source` reports several. */
const certificateSchema = z.strictObject({
  secretName: dnsSubdomain().optional().describe('An existing Secret of type kubernetes.io/tls.'),
  certManager: z
    .strictObject({
      kind: z.enum(['ClusterIssuer', 'Issuer']).default('ClusterIssuer').describe('Kind of the issuer.'),
      name: dnsSubdomain().describe('Name of the issuer.'),
    })
    .optional()
    .describe('Let cert-manager issue it.'),
  traefikResolver: resolverName().optional().describe("Name of one of Traefik's own certificate resolvers (ACME)."),
  acme: z
    .strictObject({
      email: textLike(/^[^\s@]+@[^\s@]+$/, 'an address of e-mail').describe(
        'Whom the authority warns of what expires.',
      ),
      server: httpsAddress().optional().describe("Default: Let's Encrypt."),
    })
    .optional()
    .describe('Give the Traefik of k3s a resolver, and let it fetch the certificate.'),
});

export const ingressSchema = z.strictObject({
  host: dnsSubdomain().describe('Host name that the certificate is for.'),
  certificate: certificateSchema.describe('Where the certificate comes from: exactly one of these sources.'),
  routes: z
    .array(
      z.strictObject({
        path: absolutePath().describe('The path, and what is below it.'),
        service: dnsLabel().describe('Name of a service of this file.'),
      }),
    )
    .min(1, 'must name at least one route')
    .describe('Which path leads to which service.'),
});

export type CertificateConfig = z.output<typeof certificateSchema>;

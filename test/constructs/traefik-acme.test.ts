import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { acmeResolver, TraefikAcme, type TraefikAcmeProps } from '../../lib/constructs/traefik-acme.ts';
import { only, synthesized } from '../support/synthesized.ts';

const withValues = z.looseObject({ spec: z.object({ valuesContent: z.string().transform((text) => parse(text)) }) });

function valuesWith(props: TraefikAcmeProps): unknown {
  const objects = synthesized((chart) => {
    new TraefikAcme(chart, 'Acme', props);
  });
  const config = only(objects, 'HelmChartConfig');
  // k3s merges it into its own HelmChart only when both are called the same.
  expect(config.metadata).toMatchObject({ name: 'traefik', namespace: 'kube-system' });
  return withValues.parse(config).spec.valuesContent;
}

test('the resolver keeps its certificates over a restart', () => {
  expect(valuesWith({ partOf: 'shop', email: 'ops@example.com' })).toEqual({
    additionalArguments: [
      `--certificatesresolvers.${acmeResolver}.acme.email=ops@example.com`,
      `--certificatesresolvers.${acmeResolver}.acme.storage=/data/acme.json`,
      `--certificatesresolvers.${acmeResolver}.acme.tlschallenge=true`,
    ],
    persistence: { enabled: true },
  });
});

test('TraefikAcme takes all its props', () => {
  const props: Required<TraefikAcmeProps> = {
    partOf: 'shop',
    email: 'ops@example.com',
    server: 'https://acme.example.com/directory',
  };
  expect(valuesWith(props)).toMatchObject({
    additionalArguments: expect.arrayContaining([
      `--certificatesresolvers.${acmeResolver}.acme.caserver=https://acme.example.com/directory`,
    ]),
  });
});

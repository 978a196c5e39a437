import type { ConfigRule } from './rule.ts';

/** Kubernetes takes names as hosts of an Ingress, and no authority issues the certificate of an address this way. */
export const validIngressHost: ConfigRule = {
  id: 'valid-ingress-host',
  *check({ system }) {
    const host = system.at('ingress', 'host');
    if (/^[\d.]+$/.test(host.text() ?? '')) {
      yield host.finding(`ingress.host is a DNS name, not the address ${host.text()}`, 'write: shop.example.com');
    }
  },
};

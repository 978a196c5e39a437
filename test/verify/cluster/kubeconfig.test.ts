import { writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { join } from 'node:path';
import type { PeerCertificate } from 'node:tls';
import { expect, test } from 'vitest';
import { connectionOf } from '../../../lib/verify/cluster/kubeconfig.ts';
import { wasRead } from '../../../lib/verify/reading.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** What a connection to a cluster with this `tls-server-name` compares. */
async function agentFor(name: string) {
  const kubeconfig = join(temporaryFolder(), 'kubeconfig');
  writeFileSync(
    kubeconfig,
    `apiVersion: v1
kind: Config
current-context: shop
clusters: [{ name: shop, cluster: { server: "https://203.0.113.7:6443", tls-server-name: ${name} } }]
contexts: [{ name: shop, context: { cluster: shop, user: shop } }]
users: [{ name: shop, user: { token: none } }]
`,
  );
  const connection = connectionOf({ kubeconfig });
  const agent = wasRead(connection) ? (await connection.value.options()).agent : undefined;
  if (!(agent instanceof Agent)) {
    throw new Error('the connection has no agent of its own');
  }
  return agent.options;
}

/** As a server presents it, of which the comparison reads the alternative names. */
const certificateOf = (address: string): PeerCertificate =>
  Object.assign(Object.create(null), { subject: {}, subjectaltname: `IP Address:${address}` });

test('an address as the name of the server is compared with the certificate and not sent by TLS', async () => {
  const { servername, checkServerIdentity } = await agentFor('127.0.0.1');
  expect(servername).toBe('');
  expect(checkServerIdentity?.('203.0.113.7', certificateOf('127.0.0.1'))).toBeUndefined();
  expect(checkServerIdentity?.('203.0.113.7', certificateOf('203.0.113.7'))?.message).toContain(
    "IP: 127.0.0.1 is not in the cert's list",
  );
});

test('a name of the server is sent by TLS', async () => {
  const { servername, checkServerIdentity } = await agentFor('kubernetes.default');
  expect({ servername, checkServerIdentity }).toEqual({
    servername: 'kubernetes.default',
    checkServerIdentity: undefined,
  });
});

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { ensureParts } from '../parts/ensure.ts';
import { run } from '../parts/process.ts';

/** Somebody who speaks TLS in place of Traefik, and the certificate that it shows. */
export interface HttpsServer {
  /** Shows another certificate from now on. */
  show(commonName: string): Promise<void>;
  stop(): void;
}

/** Listens for HTTPS at an address, as Traefik does on every node of k3s. */
export async function startHttpsServer(folder: string, address: string): Promise<HttpsServer> {
  const { openssl } = await ensureParts(['openssl']);
  const server = createServer();
  server.listen(443, address);
  await once(server, 'listening');
  return {
    async show(commonName) {
      server.setSecureContext(await certificate(openssl, folder, commonName));
    },
    stop: () => server.close(),
  };
}

async function certificate(openssl: string, folder: string, commonName: string) {
  const [key, cert] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const subject = ['-subj', `/CN=${commonName}`, '-addext', `subjectAltName=DNS:${commonName.replaceAll(' ', '-')}`];
  const { exitCode, stderr } = await run(openssl, [...args, ...subject, '-keyout', key, '-out', cert]);
  if (exitCode !== 0) throw new Error(`openssl: exit status ${exitCode}\n${stderr}`);
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

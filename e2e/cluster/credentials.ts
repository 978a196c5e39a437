import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Workspace } from './workspace.ts';

export interface Credentials {
  readonly adminToken: string;
  readonly tokenFile: string;
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
}

/** What the API server knows its callers by: made new for each cluster, readable by its owner only. */
export function createCredentials(workspace: Workspace): Credentials {
  const adminToken = randomBytes(24).toString('hex');
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return {
    adminToken,
    tokenFile: secretFile(workspace.file('tokens.csv'), `${adminToken},admin,admin,"system:masters"\n`),
    serviceAccountKey: secretFile(workspace.file('service-account.key'), privateKey),
    serviceAccountPublicKey: secretFile(workspace.file('service-account.pub'), publicKey),
  };
}

/** Writes a file for its owner only, also where one was before, and returns its path. */
export function secretFile(path: string, text: string): string {
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

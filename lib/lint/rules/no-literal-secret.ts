import type { Manifest } from '../../model/manifest.ts';
import { holdsSecret } from '../../secrets/find-secrets.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import type { Path } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import {
  type LiteralSecret,
  type SecretFinder,
  secretFinder,
  secretsBelow,
  secretsOfSecret,
} from './support/literal-secrets.ts';

export const noLiteralSecret: Rule = {
  id: 'no-literal-secret',
  severity: 'error',
  documentation: {
    summary: 'Reports a key, a password or a token that stands in a manifest, in a ConfigMap or in values.',
    why: 'Everyone with access to the repository reads its manifests and values, and they stay in its history. A key in them is known to all of these and to whatever copies the repository, and goes on working until it is replaced. Looked for are names of secrets (`DB_PASSWORD`, `apiToken`, `CX_API_KEY_EU`), tokens and keys of known forms, passwords in URLs, connection strings, headers, arguments, SQL and files within values, random tokens, and all of these in base64. Not reported are references, names of Secrets and of their keys, paths, digests, ids, certificates, public keys and placeholders such as `<password>`; a well-known initial password is a password like any other.',
    remediation: 'Replace the key where it is made, and refer to a Secret that no file holds.',
    example: `env:
  - name: OPENAI_API_KEY
    valueFrom:
      secretKeyRef:
        name: dataprime-secrets
        key: OPENAI_API_KEY`,
    see: [
      'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
      'https://external-secrets.io/latest/',
    ],
  },
  check({ manifests, values }) {
    const find = secretFinder();
    return [
      ...manifests.flatMap((manifest) =>
        inManifest(manifest, find).map((found) => findingOf(found, manifest, manifest)),
      ),
      ...values.flatMap(({ document }) =>
        secretsBelow(document.value, find).map((found) => findingOf(found, document)),
      ),
    ];
  },
};

/** Kinds that hold what is encrypted or public, or names of keys rather than keys. */
const harmless =
  /^(SealedSecret|CustomResourceDefinition|.*WebhookConfiguration|APIService|.*SecretStore|.*ExternalSecret)$/;

function inManifest(manifest: Manifest, find: SecretFinder): LiteralSecret[] {
  if (manifest.kind === 'Secret') {
    return secretsOfSecret(manifest, find);
  }
  return harmless.test(manifest.kind) ? [] : secretsBelow(manifest.value, find);
}

/** @param written what knows where in its file something stands */
function findingOf(
  { name, within, what, path, line, mayBeCode }: LiteralSecret,
  written: Pick<SourceDocument, 'place' | 'placeOfLine'>,
  manifest?: Manifest,
): RuleFinding {
  return {
    message: `${title(within ?? name)}${manifest === undefined ? '' : ` of ${manifest.title}`} holds ${what}; a secret belongs in no file`,
    place: line === undefined ? written.place(path) : written.placeOfLine(path, line),
    suggestion: remedy(name, path, manifest),
    manifest,
    // In a file of another language what looks like a setting may be code.
    cannotTell: mayBeCode,
    confidential: true,
  };
}

/** A name may be a secret itself. */
const title = (name: string): string => (name === '' ? 'the text' : holdsSecret(name) ? 'a key' : name);

function remedy(name: string, path: Path, manifest: Manifest | undefined): string {
  if (manifest?.kind === 'Secret') {
    return 'remove it; make the Secret with kubectl, or write an ExternalSecret';
  }
  return path.includes('env')
    ? `write: valueFrom: { secretKeyRef: { name: SECRET, key: ${name} } }`
    : 'remove it, and name a Secret that holds it';
}

import { strToU8, zipSync } from 'fflate';
import { maskSecrets, maskTexts } from '../../secrets/mask-secrets.ts';
import { verificationHtml } from '../output/html.ts';
import { verificationJson } from '../output/json.ts';
import { verificationJunit } from '../output/junit.ts';
import { verificationText } from '../output/render-text.ts';
import type { Verification } from '../verification.ts';
import type { EvidenceFile } from './evidence.ts';

const introduction = `The evidence of one run of podhost verify.

report.txt, report.html, report.json, report.xml   the result in every format
objects/NAMESPACE/KIND-NAME.json                   objects of the cluster that were read, Secrets left out
pods/NAMESPACE/NAME.json                           pods of the services and of the collectors
logs/NAMESPACE/POD-CONTAINER.log                   the last lines of the collectors
metrics/NAMESPACE/POD.txt                          what the collectors count of themselves

What looks like a secret is replaced by asterisks. Read it before you pass it on: no search finds every secret.
`;

/**
 * The evidence of a run as a zip archive, with secrets masked.
 *
 * @param verification masked already
 * @param secrets texts that are secret whatever they look like, e.g. the key of the queries
 */
export function evidenceBundle(
  verification: Verification,
  evidence: readonly EvidenceFile[],
  secrets: readonly string[],
): Uint8Array {
  const reports: readonly EvidenceFile[] = [
    { path: 'README.txt', text: introduction },
    { path: 'report.txt', text: verificationText(verification, { verbose: true }) },
    { path: 'report.json', text: verificationJson(verification) },
    { path: 'report.xml', text: verificationJunit(verification) },
    { path: 'report.html', text: verificationHtml(verification) },
  ];
  const known = secrets.filter((secret) => secret !== '');
  const files = [...reports, ...evidence.map(maskedFile)].map(({ path, text }): [string, Uint8Array] => [
    path,
    strToU8(known.reduce((left, secret) => left.replaceAll(secret, '*'.repeat(secret.length)), text)),
  ]);
  return zipSync(Object.fromEntries(files), { mtime: verification.time });
}

function maskedFile({ path, text }: EvidenceFile): EvidenceFile {
  return { path, text: maskSecrets(path.endsWith('.json') ? maskedJson(text) : text) };
}

/** The value of a variable is masked by the name beside it; keys of data are found in the text. */
const maskedJson = (text: string): string => `${JSON.stringify(maskTexts(JSON.parse(text)), undefined, 2)}\n`;

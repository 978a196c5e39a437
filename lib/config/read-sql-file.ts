import { readFileSync } from 'node:fs';

const strict = new TextDecoder('utf-8', { fatal: true });

/** The text of a file that the configuration names, or why it cannot be had. */
export function readSqlFile(path: string): { readonly text: string } | { readonly reason: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const reasons: Record<string, string> = { ENOENT: 'does not exist', EISDIR: 'is a folder' };
    return { reason: reasons[String(code)] ?? `cannot be read (${String(code)})` };
  }
  try {
    return { text: strict.decode(bytes) };
  } catch {
    return { reason: 'is not UTF-8 text, and a ConfigMap holds nothing else' };
  }
}

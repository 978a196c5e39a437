/** Longer encoded texts are files; the beginning of one shows what it is. */
const longestDecoded = 1_000_000;

const base64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** Control characters that no text has, and what is left of bytes that are none. */
const binary = /[^\t\n\r -~\u00a0-\ufffc\ufffe\uffff]/;

/** What base64 stands for, when it stands for text. */
export function decodedText(value: string): string | undefined {
  const joined = value.includes('\n') ? value.replaceAll(/\s+/g, '') : value;
  if (joined.length < 8 || joined.length > longestDecoded || joined.length % 4 === 1 || !base64.test(joined)) {
    return undefined;
  }
  const beginning = Buffer.from(joined.slice(0, 64), 'base64').toString('utf8');
  if (binary.test(beginning.replace(/\ufffd{1,3}$/, ''))) {
    return undefined;
  }
  const text = Buffer.from(joined, 'base64').toString('utf8');
  return binary.test(text) ? undefined : text;
}

/** What a text means in a URL, when it has encoded characters. */
export function percentDecoded(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text);
    return decoded === text ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/** Archives, pictures, fonts, certificates and public keys begin so in base64. */
export const isEncodedFile = (run: string): boolean =>
  /^(?:H4sI|UEsDB|iVBORw0KGgo|\/9j\/|R0lGOD|JVBERi0|d09G|MII.{2}[DTjz]C[BC]|MII[BC]IjANBgkqh|MFkwEwYHKoZIzj0CAQ|MCowBQYDK2Vw|AAAA[BCEG][23]N?)/.test(
    run,
  );

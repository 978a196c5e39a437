import { hostileCharacters, visible } from '../../text/visible.ts';

/** Characters that no XML 1.0 document may hold, not even escaped; lone surrogates among them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Cs}]/gu;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as an attribute or as content can hold it; what is not seen is an entity, or an escape where XML has none. */
export const xmlText = (text: string): string =>
  text
    .replaceAll(forbidden, visible)
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character)
    .replaceAll(hostileCharacters, (character) => `&#${character.codePointAt(0)};`);

/** One element; without content it closes itself. */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[] = [],
): string {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${xmlText(`${value}`)}"`);
  const start = `<${name}${written.join('')}`;
  return content.length === 0 ? `${start}/>` : `${start}>${content.join('')}</${name}>`;
}

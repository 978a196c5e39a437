/** Markup that is safe to print: only this file makes it of text. */
class Html {
  constructor(readonly markup: string) {}

  toString(): string {
    return this.markup;
  }
}

export type { Html };

export type HtmlPart = string | number | Html | readonly (string | Html)[] | undefined;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that reorder text, end it or are not seen; a browser must not obey them either. */
const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/gu;

const escaped = (text: string): string =>
  text
    .replaceAll(unseen, (character) =>
      character === '\n' ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
    )
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);

/** A part of a page: what is interpolated is text, unless it was made here. Nothing becomes markup or ends an attribute. */
export function html(texts: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  const written = parts.map((part) => (isList(part) ? part.map(markupOf).join('') : markupOf(part)));
  return new Html(texts.map((text, index) => text + (written[index] ?? '')).join(''));
}

function isList(part: HtmlPart): part is readonly (string | Html)[] {
  return Array.isArray(part);
}

const markupOf = (part: string | number | Html | undefined): string =>
  part instanceof Html ? part.markup : escaped(String(part ?? ''));

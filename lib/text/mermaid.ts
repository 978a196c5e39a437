import { visible } from './visible.ts';

/**
 * Text between quotation marks of a diagram: Mermaid has its own form of entities, reads Markdown, formulas and directives
 * there, and ends at a quotation mark. A fence ends at backticks. Lines with `style` or `classDef` lose the end of an
 * entity.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export const mermaidText = (text: string): string =>
  visible(text.replaceAll(/\s+/g, ' '))
    .replaceAll(/[#&<>"`%$\\{}|*~[\]]/g, entity)
    .replaceAll(/s(?=tyle)|c(?=lassDef)/g, entity);

const entity = (character: string): string => (character === '"' ? '#quot;' : `#${character.charCodeAt(0)};`);

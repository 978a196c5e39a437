/** A name as a word of a line to paste. U+0000 is left out: no object has it in its name, and files may. */
export const shellWord = (name: string): string => name.replaceAll('\0', '');

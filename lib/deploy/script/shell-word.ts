/** Nothing in these means anything to a shell. */
const plain = /^[A-Za-z0-9_@%+:,./-]+$/;

const assignment = /^[A-Za-z0-9_@%+:,./-]+=[A-Za-z0-9_@%+=:,./-]*$/;

/** @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_04 */
const reserved = new Set('if then else elif fi do done case esac while until for in select function time'.split(' '));

/** A text as a POSIX shell must be given it to take it literally. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A word that is an argument, as a person would write it. */
export const shellWord = (word: string): string =>
  plain.test(word) || assignment.test(word) ? word : shellQuoted(word);

/** A word that is a program: what would be an assignment or a reserved word there is none in quotes. */
export const shellProgram = (program: string): string =>
  plain.test(program) && !reserved.has(program) ? program : shellQuoted(program);

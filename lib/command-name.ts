import { type ShellText, sh } from './text/shell.ts';

/** How this program is called where it stands: from its sources in a checkout, else by the name it is installed under. */
export const podhost: ShellText = import.meta.url.endsWith('.ts') ? sh`npm run podhost --` : sh`podhost`;

/** How this program is called where it stands: from its sources in a checkout, else by the name it is installed under. */
export const commandName = import.meta.url.endsWith('.ts') ? 'npm run podhost --' : 'podhost';

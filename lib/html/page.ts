import { createHash } from 'node:crypto';
import { type Html, html } from './element.ts';
import { pageStyle } from './page-style.ts';

export interface HtmlPageProps {
  readonly title: string;
  /** The heading of the page. */
  readonly heading: string;
  /** What stands below the heading. */
  readonly body: readonly Html[];
}

/**
 * A page that needs no network and runs no script. Its own policy allows nothing but its style, whatever name of an object
 * stands in it.
 */
export function htmlPage({ title, heading, body }: HtmlPageProps): string {
  const digest = createHash('sha256').update(pageStyle).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>STYLE</style>
</head>
<body>
<main>
<h1>${heading}</h1>
${body}</main>
</body>
</html>
`;
  return page.markup.replace('<style>STYLE</style>', () => `<style>${pageStyle}</style>`);
}

import { visibleLine } from '../../text/visible.ts';
import type { Level, LintFinding } from '../lint-finding.ts';
import { hasPath, shownMessage, shownPlace } from './location.ts';
import type { Report } from './report.ts';

const commands = { error: 'error', warning: 'warning', note: 'notice' } as const satisfies Record<Level, string>;

/**
 * Workflow commands that GitHub shows beside the lines of a pull request.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubFormat({ result }: Report): string {
  return [
    ...result.findings.map(annotation),
    ...result.failures.map(({ code, message, details = [] }) =>
      command('error', { title: code }, [message, ...details].join('\n')),
    ),
  ].join('');
}

function annotation(finding: LintFinding): string {
  const place = shownPlace(finding);
  const { file, line, column: col } = place;
  const { suggestion, level, rule } = finding;
  const message = [shownMessage(finding), ...(suggestion === undefined ? [] : [suggestion])].join('\n');
  return command(commands[level], { ...(hasPath(place) ? { file, line, col } : {}), title: rule.id }, message);
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const written = Object.entries(properties).map(([property, value]) => `${property}=${escapedProperty(`${value}`)}`);
  return `::${name} ${written.join(',')}::${escaped(message)}\n`;
}

const breaks: Readonly<Record<string, string>> = { '\r': '%0D', '\n': '%0A' };

/** The runner makes line breaks of their escapes again, and shows all other characters as they are. */
const escaped = (text: string): string =>
  text
    .replaceAll('%', '%25')
    .split(/([\r\n])/)
    .map((part) => breaks[part] ?? visibleLine(part))
    .join('');

const escapedProperty = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

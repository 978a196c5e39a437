import { PodhostError } from '../../problems/podhost-error.ts';
import type { Problem } from '../../problems/problem.ts';
import { sh } from '../../text/shell.ts';
import { findingsInOrder } from '../finding-order.ts';
import type { LintFinding } from '../lint-finding.ts';
import type { LintedSources, LintSourcesProps } from '../lint-sources.ts';
import { type ReleaseTarget, templateArguments } from './chart.ts';
import { helm } from './helm.ts';
import { renderedFindings } from './rendered-findings.ts';

export interface RenderAndLintProps extends LintSourcesProps {
  /** @default - the chart of the version that this project knows, from its repository */
  readonly chart?: string | undefined;
  readonly release: ReleaseTarget;
  /** Called with each command before it runs. */
  readonly progress: (line: string) => void;
}

/**
 * Renders the chart with each values file of otel-integration and lints what comes of it. A chart that cannot be
 * rendered is a failure of the result, which keeps everything that was found before.
 */
export function renderAndLint(linted: LintedSources, props: RenderAndLintProps): LintedSources {
  const { chart, release, progress } = props;
  const valuesFiles = linted.model.values
    .filter((values) => values.chart === 'otel-integration' && values.root.length === 0)
    .flatMap((values) => (values.valuesFiles.length === 0 ? [] : [values.valuesFiles]));
  if (valuesFiles.length === 0) {
    progress('--render: no values file of otel-integration was read, so nothing was rendered');
  }
  const sources = [...linted.sources];
  let findings: readonly LintFinding[] = linted.result.findings;
  let failures: readonly Problem[] = linted.result.failures;
  for (const layers of new Map(valuesFiles.map((files) => [files.join('\n'), files])).values()) {
    const args = templateArguments(chart, layers, release);
    progress(String(sh`helm ${args}`));
    try {
      const current = { ...linted, result: { ...linted.result, findings } };
      const rendered = renderedFindings(current, { valuesFile: layers.join(' and '), text: helm(args) }, props);
      sources.push(rendered.source);
      findings = [...findings, ...rendered.findings];
      failures = [...failures, ...rendered.failures];
    } catch (error) {
      if (!(error instanceof PodhostError)) {
        throw error;
      }
      failures = [...failures, ...error.problems];
    }
  }
  const files = sources.map(({ file }) => file);
  return { ...linted, sources, result: { ...linted.result, findings: findingsInOrder(findings, files), failures } };
}

import type { ChartName } from '../../../chart/chart.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { ValueBudget } from '../../../yaml/limits.ts';
import { parseYaml } from '../../../yaml/parse.ts';
import { kubernetesSchema } from '../../../yaml/schema.ts';
import { SourceDocument } from '../../../yaml/source-document.ts';
import { isMapping, type Path, textAt } from '../../../yaml/value.ts';
import type { Manifest } from '../../manifest.ts';
import type { ChartInstallation } from '../installation.ts';
import { type Layer, mappingLayer } from '../layer.ts';

/** Reads values that stand in objects, and keeps what of them cannot be read. */
export class ValuesReader {
  readonly problems: Problem[] = [];
  readonly unread: Problem[] = [];
  private readonly missing = new Map<Manifest, string>();

  constructor(private readonly budget: ValueBudget) {}

  /** Values that are written as a mapping. */
  mapping(manifest: Manifest, path: Path): Layer[] {
    const value = manifest.get(...path);
    return isMapping(value) ? [mappingLayer(manifest.document, value, [...manifest.path, ...path])] : [];
  }

  /** Values that are written as a text. */
  text(manifest: Manifest, path: Path): Layer[] {
    const text = textAt(manifest.value, ...path);
    if (text === undefined) {
      return [];
    }
    const value = this.parsed(text, (line) => manifest.placeOfLine(path, line - 1));
    return isMapping(value) ? [mappingLayer(manifest.embedded(path, text, value, kubernetesSchema), value)] : [];
  }

  /** Values that are written in an encoding, so that only their key has a place. */
  encoded(manifest: Manifest, path: Path, text: string): Layer[] {
    const place = () => manifest.place(path, 'key');
    const value = this.parsed(text, place);
    const document = new SourceDocument(manifest.document.file, text, value, place, kubernetesSchema);
    return isMapping(value) ? [mappingLayer(document, value)] : [];
  }

  /** What is missing of the values of an object, so that they are not known. */
  missingOf(manifest: Manifest): Pick<ChartInstallation, 'missing'> {
    const missing = this.missing.get(manifest);
    return missing === undefined ? {} : { missing };
  }

  /**
   * Reports values that are somewhere else.
   *
   * @param isWhole whether any value may be among them
   */
  miss(manifest: Manifest, path: Path, what: string, suggestion: string, isWhole = true): void {
    if (isWhole && !this.missing.has(manifest)) {
      this.missing.set(manifest, what);
    }
    this.unread.push({
      code: 'read/values',
      message: `the values of ${manifest.title} are not read in full: ${what}`,
      place: manifest.place(path),
      suggestion,
    });
  }

  private parsed(text: string, place: (line: number) => Problem['place']): unknown {
    const parsed = parseYaml(text, kubernetesSchema, this.budget);
    if (!('error' in parsed)) {
      return parsed.value;
    }
    const where = place(parsed.line);
    this.problems.push({
      code: 'lint/valid-yaml',
      message: parsed.error,
      ...(where === undefined ? {} : { place: where }),
    });
    return undefined;
  }
}

/** The chart that a reference means, such as `oci://registry.example.com/otel-integration`, if it is one that is known. */
export function knownChart(reference: string | undefined): ChartName | undefined {
  const name = reference
    ?.replace(/\/+$/, '')
    .split('/')
    .at(-1)
    ?.replace(/[:@].*$/, '');
  return knownCharts.find((chart) => chart === name);
}

const knownCharts: readonly ChartName[] = ['otel-integration', 'opentelemetry-collector'];

/** Whether the kind of an object is one of an API group. */
export const isOfGroup = ({ apiVersion, kind }: Manifest, group: string, ...kinds: string[]): boolean =>
  apiVersion.startsWith(`${group}/`) && kinds.includes(kind);

import type { Manifest } from '../../model/manifest.ts';
import type { SourceText } from '../../model/source/read-sources.ts';
import type { RuleFinding } from '../rule.ts';
import { annotatedSuppressions } from './annotation.ts';
import { suppressionComments } from './comment.ts';
import type { Suppression } from './suppression.ts';

/** Everything that the authors of a system have answered for. */
export class Suppressions {
  /** In the order in which they are written. */
  readonly all: readonly Suppression[];
  private readonly ofObjects = new Map<Manifest, readonly Suppression[]>();
  private readonly ofLines = new Map<string, Suppression[]>();

  constructor(manifests: readonly Manifest[], sources: readonly SourceText[]) {
    for (const manifest of manifests) {
      const found = annotatedSuppressions(manifest);
      if (found.length > 0) {
        this.ofObjects.set(manifest, found);
      }
    }
    const comments = sources.flatMap(suppressionComments);
    for (const comment of comments) {
      const line = lineKey(comment);
      this.ofLines.set(line, [...(this.ofLines.get(line) ?? []), comment]);
    }
    this.all = [...[...this.ofObjects.values()].flat(), ...comments];
  }

  /** Why a rule's finding is not to be reported, or undefined when it is. */
  reason(ruleId: string, { manifest, place }: RuleFinding): string | undefined {
    const candidates = [
      ...(manifest === undefined ? [] : (this.ofObjects.get(manifest) ?? [])),
      ...(this.ofLines.get(lineKey(place)) ?? []),
    ];
    return candidates.find((candidate) => candidate.ruleId === ruleId && candidate.reason !== '')?.reason;
  }
}

const lineKey = ({ file, line }: { readonly file: string; readonly line: number }): string => `${line} ${file}`;

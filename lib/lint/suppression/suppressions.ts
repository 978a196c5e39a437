import type { Manifest } from '../../model/manifest.ts';
import type { SourceText } from '../../model/source/read-sources.ts';
import type { RuleFinding } from '../rule.ts';
import { annotatedSuppressions } from './annotation.ts';
import { suppressionComments } from './comment.ts';
import type { Suppression } from './suppression.ts';

/** Reasons by what they are for. */
type Reasons = Map<string, string>;

/** Everything that the authors of a system have answered for. */
export class Suppressions {
  /** In the order in which they are written. */
  readonly all: readonly Suppression[];
  /** By rule. */
  private readonly ofObjects = new Map<Manifest, Reasons>();
  /** By rule and line. */
  private readonly ofLines: Reasons = new Map();

  constructor(manifests: readonly Manifest[], sources: readonly SourceText[]) {
    const annotations = manifests.flatMap((manifest) => {
      const found = annotatedSuppressions(manifest);
      if (found.length > 0) {
        const reasons: Reasons = new Map();
        this.ofObjects.set(manifest, reasons);
        for (const { ruleId, reason } of found) {
          add(reasons, ruleId, reason);
        }
      }
      return found;
    });
    const comments = sources.flatMap(suppressionComments);
    for (const comment of comments) {
      add(this.ofLines, lineKey(comment.ruleId, comment), comment.reason);
    }
    this.all = [...annotations, ...comments];
  }

  /** Why a rule's finding is not to be reported, or undefined when it is. */
  reason(ruleId: string, { manifest, place }: RuleFinding): string | undefined {
    const ofObject = manifest === undefined ? undefined : this.ofObjects.get(manifest)?.get(ruleId);
    return ofObject ?? this.ofLines.get(lineKey(ruleId, place));
  }
}

/** One without a reason suppresses nothing; of several the first counts. */
function add(reasons: Reasons, key: string, reason: string): void {
  if (reason !== '' && !reasons.has(key)) {
    reasons.set(key, reason);
  }
}

const lineKey = (ruleId: string, { file, line }: { readonly file: string; readonly line: number }): string =>
  `${line} ${ruleId} ${file}`;

import { explainSender } from '../../explain/explain-service.ts';
import { firstBreak } from '../../explain/explanation.ts';
import { type LintedSources, lintSources } from '../../lint/lint-sources.ts';
import type { ReadModelProps } from '../../model/read-model.ts';
import type { SourceText } from '../../model/source/read-sources.ts';
import type { Place } from '../../problems/problem.ts';
import { broken, type Evidence, type HopCheck, proven, sentences, unchecked } from '../check.ts';
import { type Target, targetTitle } from '../target.ts';

/** What is committed, as lint and explain read it. */
export class CommittedFiles {
  private readonly linted: LintedSources;

  constructor(sources: readonly SourceText[], props: ReadModelProps = {}) {
    this.linted = lintSources(sources, props);
  }

  get model(): LintedSources['model'] {
    return this.linted.model;
  }

  /** Whether the committed files lead the spans of a service to Coralogix. */
  checkTarget(target: Target): HopCheck {
    const explanation = explainSender(this.model, target.sender);
    const hop = firstBreak(explanation);
    const evidence = explanation.hops.map(({ name, message, place }) => ({
      message: `${name}: ${message}`,
      ...(place === undefined ? {} : { place }),
    }));
    if (hop === undefined) {
      return proven('manifest/path', 'the files lead every span to Coralogix with its pod', { evidence });
    }
    const [reason] = hop.reasons;
    const message = `${hop.name}: ${hop.message}${reason === undefined ? '' : `: ${reason.message}`}`;
    const place = hop.place ?? hop.reasons.find((reason) => reason.place !== undefined)?.place;
    const where = place === undefined ? {} : { place };
    if (hop.status === 'unknown') {
      return unchecked('manifest/path', message, { ...where, evidence });
    }
    const finding = this.findingFor(target, [place, ...hop.reasons.map((each) => each.place)]);
    return broken('manifest/path', message, {
      ...where,
      ...(finding === undefined ? {} : { remedy: finding.remedy, place: finding.place }),
      evidence: [...evidence, ...(finding === undefined ? [] : finding.evidence)],
    });
  }

  /** Whether lint reports errors in what is committed. */
  checkLint(): HopCheck {
    const { result, model } = this.linted;
    const read = `${model.files.length} files were read`;
    if (model.files.length === 0) {
      return unchecked('manifest/lint', 'no file was read');
    }
    const [failure] = result.failures;
    if (failure !== undefined) {
      return unchecked('manifest/lint', failure.message);
    }
    const errors = result.findings.filter(({ level }) => level === 'error');
    const unread = [...model.problems, ...model.unread];
    const [first] = errors;
    if (first !== undefined) {
      const others = errors.length === 1 ? '' : `, and ${errors.length - 1} more`;
      return broken('manifest/lint', `lint reports an error: ${first.message} [${first.rule.id}]${others}`, {
        ...(first.suggestion === undefined ? {} : { remedy: first.suggestion }),
        place: first.place,
        evidence: errors.map(({ message, rule, place }) => ({ message: `${message} [${rule.id}]`, place })),
      });
    }
    const [part] = unread;
    if (part !== undefined) {
      return unchecked('manifest/lint', `a part of the files was not read: ${part.message}`, {
        ...(part.place === undefined ? {} : { place: part.place }),
        ...(part.suggestion === undefined ? {} : { remedy: part.suggestion }),
      });
    }
    return proven('manifest/lint', 'lint reports no error', { evidence: sentences(read) });
  }

  /** What lint suggests for the break of a service: the finding at one of its lines, or one that names its workload. */
  private findingFor(
    target: Target,
    places: readonly (Place | undefined)[],
  ): { readonly remedy: string; readonly place: Place; readonly evidence: readonly Evidence[] } | undefined {
    const findings = this.linted.result.findings.filter(
      ({ level, suggestion }) => level !== 'note' && suggestion !== undefined,
    );
    const title = new RegExp(`\\b${target.kind} ${escaped(target.name)}(?![\\w-])`);
    const found =
      findings.find(({ place }) => places.some((each) => each?.file === place.file && each.line === place.line)) ??
      findings.find(
        ({ object, message, level }) => level === 'error' && (object === targetTitle(target) || title.test(message)),
      );
    return found?.suggestion === undefined
      ? undefined
      : {
          remedy: found.suggestion,
          place: found.place,
          evidence: [{ message: `lint: ${found.message} [${found.rule.id}]`, place: found.place }],
        };
  }
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`);

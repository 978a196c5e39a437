import { unknownRelease } from '../../chart/installation.ts';
import { ownValue } from '../../own-value.ts';

type Labels = Readonly<Record<string, string>>;

/** Whether a Service's selector selects pods with these labels. The name of a release that is not known fits any. */
export function selects(selector: Labels, labels: Labels): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([label, value]) => isSame(value, ownValue(labels, label)));
}

const isSame = (wanted: string, found: string | undefined): boolean =>
  wanted === found || (found !== undefined && [wanted, found].includes(unknownRelease));

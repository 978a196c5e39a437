/** A regular expression as Go writes it; undefined where it is none that is understood here. */
export function goPattern(text: string): RegExp | undefined {
  try {
    return new RegExp(text.replaceAll('(?P<', '(?<'));
  } catch {
    return undefined;
  }
}

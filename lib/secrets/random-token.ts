const tokens = /[A-Za-z0-9_+=-]{20,}/g;

/**
 * Whether a text holds a token that a machine drew: letters of both cases and digits change places far more often
 * than in any name. Digests, commit ids and UUIDs have one case and are not meant.
 */
export const holdsRandomToken = (value: string): boolean => (value.match(tokens) ?? []).some(isRandom);

function isRandom(token: string): boolean {
  const classes = [...token].map(characterClass);
  if (!['lower', 'upper', 'digit'].every((wanted) => classes.some((found) => found === wanted))) {
    return false;
  }
  const changes = classes.filter((found, index) => index > 0 && found !== classes[index - 1]).length;
  return changes / (token.length - 1) >= 0.4 && classes.filter((found) => found === 'other').length <= 3;
}

function characterClass(character: string): 'lower' | 'upper' | 'digit' | 'other' {
  if (/[a-z]/.test(character)) {
    return 'lower';
  }
  if (/[A-Z]/.test(character)) {
    return 'upper';
  }
  return /[0-9]/.test(character) ? 'digit' : 'other';
}

/** A UUID, or a long run of one case and digits: an identifier of anything, or a key when it is called one. */
export const isIdentifier = (value: string): boolean =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ||
  (/^([a-z0-9]{20,}|[A-Z0-9]{20,})$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value));

/**
 * What a record holds under a key from outside. `record[key]` alone would find what every object inherits
 * under names such as `constructor`.
 */
export const ownValue = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

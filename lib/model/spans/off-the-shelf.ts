import { textAt } from '../../yaml/value.ts';
import { imageRole } from '../known-images.ts';
import type { Container } from '../workload.ts';

/** Whether a container runs a datastore, a proxy or a tool that comes as it is, rather than a program of the system. */
export function isOffTheShelf({ name, value }: Container): boolean {
  const role = imageRole(textAt(value, 'image') ?? '', name);
  return role !== undefined && role.code !== 'collector';
}

import { ApiObject, type App } from 'cdk8s';
import { existingPlace } from '../constructs/existing-manifests.ts';
import type { Problem } from '../problems/problem.ts';

/** What an object is to the API server, as a text; of two objects with the same one, one overwrites the other. */
export const objectKey = ({ apiGroup, kind, metadata, name }: ApiObject): string =>
  JSON.stringify([apiGroup, kind, metadata.namespace, name]);

/** Objects that another one of the app would overwrite: same kind, namespace and name. */
export function repeatedObjects(app: App): Problem[] {
  const first = new Map<string, ApiObject>();
  return app.node.findAll().flatMap((construct): Problem[] => {
    if (!(construct instanceof ApiObject)) {
      return [];
    }
    const { kind, name } = construct;
    const key = objectKey(construct);
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, construct);
      return [];
    }
    const place = existingPlace(construct) ?? existingPlace(other);
    if (place !== undefined) {
      const message = `the configuration makes a ${kind} ${name} as well, and kubectl would apply one over the other`;
      const suggestion = 'remove it from the manifests, or give the other one another name';
      return [{ code: 'synth/repeated-object', message, suggestion, place }];
    }
    const { path } = construct.node;
    return [
      {
        code: 'synth/repeated-object',
        message: `${path} is the second ${kind} ${name}, kubectl would overwrite that of ${other.node.path}`,
        suggestion: 'give one of them another name or namespace',
      },
    ];
  });
}

import { expect, test } from 'vitest';
import { resourceAttributesOf } from '../../../lib/model/spans/resource-attributes.ts';
import { environment } from '../support/variables.ts';

test.each([
  [{ OTEL_SERVICE_NAME: 'a', OTEL_RESOURCE_ATTRIBUTES: 'service.name=b', SERVICE_NAME: 'c' }, 'a'],
  [{ OTEL_SERVICE_NAME: '', OTEL_RESOURCE_ATTRIBUTES: 'service.name=b', SERVICE_NAME: 'c' }, 'b'],
  [{ SERVICE_NAME: 'c' }, 'c'],
  [{}, undefined],
])('the service of %o is %s', (values, name) => {
  expect(resourceAttributesOf(environment(values)).get('service.name')).toBe(name);
});

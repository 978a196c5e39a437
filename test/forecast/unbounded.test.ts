import { expect, test } from 'vitest';
import { isUnbounded } from '../../lib/forecast/label.ts';

test.each(['url.full', 'user_id', 'app.customer.id', 'session.id', 'order_id', 'http.request.header.x-request-id'])(
  'most requests have a value of %s of their own',
  (name) => {
    expect(isUnbounded(name)).toBe(true);
  },
);

test.each(['http.method', 'cloud.account.id', 'k8s.pod.uid', 'tenant.id', 'messaging.client.id', 'cgx.transaction'])(
  'requests share the values of %s',
  (name) => {
    expect(isUnbounded(name)).toBe(false);
  },
);

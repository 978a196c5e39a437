import { describe, expect, test } from 'vitest';
import { matchesOf } from '../../lib/explain/senders.ts';
import { hasSdk, sendersOf } from '../../lib/model/path/sender.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { modelOf } from '../model/support/model-of.ts';
import { documents } from '../model/support/pod.ts';
import { application, smallSystem } from '../model/support/small-system.ts';

const system = (...applications: Parameters<typeof application>[0][]) =>
  modelOf(documents(...applications.map((props) => toYaml(application(props)))));

/** What a name means, `namespace/Kind/workload/container`. */
const meant = (model: ReturnType<typeof modelOf>, name: string): string[] =>
  matchesOf(model, name).map(({ workload, container }) =>
    [workload.namespace, workload.kind, workload.name, container.name].join('/'),
  );

const named = (service: string) => ({ env: { OTEL_SERVICE_NAME: service } });

test('senders are the containers of an application, and not those of collectors', () => {
  expect(sendersOf(modelOf(smallSystem())).map((sender) => [sender.service, hasSdk(sender)])).toEqual([['api', true]]);
});

describe('a name means', () => {
  test('the service before the workload', () => {
    const model = system({ name: 'web', ...named('shop-web') }, { name: 'other', ...named('web') });
    expect(meant(model, 'web')).toEqual(['shop/Deployment/other/app']);
    expect(meant(model, 'shop-web')).toEqual(['shop/Deployment/web/app']);
    expect(meant(model, 'other')).toEqual(['shop/Deployment/other/app']);
  });

  test('the workload that has both before one that has the service alone', () => {
    expect(meant(system({ name: 'api-canary' }, { name: 'api' }), 'api')).toEqual(['shop/Deployment/api/app']);
  });

  test('all services of that name, until the namespace is given', () => {
    const model = system({ namespace: 'one' }, { namespace: 'two' });
    expect(meant(model, 'api')).toEqual(['one/Deployment/api/app', 'two/Deployment/api/app']);
    expect(meant(model, 'two/api')).toEqual(['two/Deployment/api/app']);
    expect(meant(model, 'three/api')).toEqual([]);
  });

  test('all services of that name, until the kind is given', () => {
    const model = system({}, { kind: 'CronJob' }, { kind: 'StatefulSet' });
    expect(meant(model, 'api')).toHaveLength(3);
    expect(meant(model, 'cronjob/api')).toEqual(['shop/CronJob/api/app']);
    expect(meant(model, 'StatefulSet/api')).toEqual(['shop/StatefulSet/api/app']);
    expect(meant(model, 'shop/deployment/api')).toEqual(['shop/Deployment/api/app']);
  });

  test('of several containers the one of that service, then the one with an SDK, then the one that is named', () => {
    const env = [{ name: 'OTEL_SERVICE_NAME', value: 'worker' }];
    const containers = [
      { name: 'proxy', image: 'nginx' },
      { name: 'second', image: 'worker:1', env },
    ];
    const plain = { OTEL_SERVICE_NAME: undefined, OTEL_EXPORTER_OTLP_ENDPOINT: undefined };
    const model = system({ containers });
    expect(meant(model, 'api')).toEqual(['shop/Deployment/api/app']);
    expect(meant(model, 'worker')).toEqual(['shop/Deployment/api/second']);
    expect(meant(model, 'api/proxy')).toEqual(['shop/Deployment/api/proxy']);
    expect(meant(model, 'proxy')).toEqual([]);
    const sidecarFirst = system({ env: plain, containers, name: 'job' });
    expect(meant(sidecarFirst, 'shop/job')).toEqual(['shop/Deployment/job/app']);
  });
});

import { collectorService } from '../../chart/names.ts';
import type { ConfigRule } from './rule.ts';
import { repeats } from './support/repeats.ts';

/** Services and datastores each become a Service, and so does the endpoint of the collector. */
export const uniqueServiceName: ConfigRule = {
  id: 'unique-service-name',
  *check({ system }) {
    const names = ['services', 'datastores'].flatMap((list) =>
      system
        .get(list)
        .items()
        .map((part) => part.get('name')),
    );
    for (const { value, text, first } of repeats(names)) {
      const message = `${text} is taken by the ${kindOf(first.path[0])} in line ${first.place.line}; each becomes a Service of its name`;
      yield value.finding(message, `write: another name, such as ${text}-2`);
    }
    for (const name of names) {
      if (name.text() === collectorService.clusterCollector) {
        const message = `${name.text()} is the Service through which all spans reach the collector`;
        yield name.finding(message, 'write: another name');
      }
    }
  },
};

const kindOf = (list: unknown): string => (list === 'services' ? 'service' : 'datastore');

import type { Manifest } from '../../../model/manifest.ts';
import type { Model } from '../../../model/model.ts';
import { collectorWorkload } from '../../../model/spans/collector-container.ts';
import { componentType } from '../../../pipeline/component.ts';
import type { Place } from '../../../problems/problem.ts';
import type { Path } from '../../../yaml/value.ts';
import { listAt, mappingAt, textAt } from '../../../yaml/value.ts';
import { integrationValues } from './integration-values.ts';

/** A domain that spans are sent to, where it is written. */
export interface WrittenDomain {
  readonly domain: string;
  /** For messages. */
  readonly title: string;
  readonly place: Place;
  /** The workload that mounts it, where it stands in a manifest. */
  readonly manifest?: Manifest | undefined;
  /** Where it can be edited. */
  readonly source?: { readonly file: string; readonly path: Path };
}

export const writtenDomains = (model: Model): WrittenDomain[] => [...inValues(model), ...inConfigurations(model)];

function inValues(model: Model): WrittenDomain[] {
  return integrationValues(model).flatMap(({ document, written, collectors }) => {
    const exporters = collectors.map(({ path }) => [...path, 'presets', 'coralogixExporter']);
    const endpoints = [['global'], ...exporters].flatMap((path) =>
      listAt(written, ...path, 'additionalEndpoints').map((_, index) => [...path, 'additionalEndpoints', index]),
    );
    return [['global'], ...exporters, ...endpoints].flatMap((parent): WrittenDomain[] => {
      const path = [...parent, 'domain'];
      const domain = textAt(written, ...path);
      const source = { file: document.file, path };
      return domain === undefined ? [] : [{ domain, title: path.join('.'), place: document.place(path), source }];
    });
  });
}

function inConfigurations(model: Model): WrittenDomain[] {
  return model.collectors
    .filter(({ fromValues }) => !fromValues)
    .flatMap((collector) => {
      const { config, title, place } = collector;
      const { manifest } = collectorWorkload(model, collector) ?? {};
      return Object.keys(mappingAt(config, 'exporters'))
        .filter((id) => componentType(id) === 'coralogix')
        .flatMap((id): WrittenDomain[] => {
          const path = ['exporters', id, 'domain'];
          const domain = textAt(config, ...path);
          return domain === undefined
            ? []
            : [{ domain, title: `domain of exporter ${id} of ${title}`, place: place(path), manifest }];
        });
    });
}

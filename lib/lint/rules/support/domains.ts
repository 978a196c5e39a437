import type { Manifest } from '../../../model/manifest.ts';
import type { Model } from '../../../model/model.ts';
import { collectorWorkload } from '../../../model/spans/collector-container.ts';
import { integrationValues } from '../../../model/values/integration-values.ts';
import { componentType } from '../../../pipeline/component.ts';
import type { Place } from '../../../problems/problem.ts';
import { quoted } from '../../../text/quoted.ts';
import { listAt, mappingAt, type Path, textAt } from '../../../yaml/value.ts';
import { containersOf } from './containers.ts';
import { valueSource } from './value-source.ts';

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

export const writtenDomains = (model: Model): WrittenDomain[] => [
  ...domainsInValues(model),
  ...domainsInConfigurations(model),
];

function domainsInValues(model: Model): WrittenDomain[] {
  return integrationValues(model).flatMap(({ document, collectors }) => {
    const exporters = collectors.map(({ path }) => [...path, 'presets', 'coralogixExporter']);
    const endpoints = [['global'], ...exporters].flatMap((path) =>
      listAt(document.value, ...path, 'additionalEndpoints').map((_, index) => [...path, 'additionalEndpoints', index]),
    );
    return [['global'], ...exporters, ...endpoints].flatMap((parent): WrittenDomain[] => {
      const path = [...parent, 'domain'];
      const domain = textAt(document.value, ...path);
      const source = { file: document.file, path };
      return domain === undefined ? [] : [{ domain, title: path.join('.'), place: document.place(path), source }];
    });
  });
}

function domainsInConfigurations(model: Model): WrittenDomain[] {
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

/** What the operator of Coralogix is configured with as its region. */
export interface OperatorRegion {
  readonly setting: 'region' | 'domain';
  readonly value: string;
  /** For messages. */
  readonly title: string;
  readonly place: Place;
  readonly manifest?: Manifest;
}

export const operatorRegions = (model: Model): OperatorRegion[] => [
  ...regionsInValues(model),
  ...regionsInManifests(model),
];

const settings = ['region', 'domain'] as const;

function regionsInValues(model: Model): OperatorRegion[] {
  return integrationValues(model).flatMap(({ document, root: top }) => {
    const root = [...top, 'coralogix-operator'];
    return textAt(document.value, ...root, 'enabled') !== 'true'
      ? []
      : settings.flatMap((setting) => {
          const path = [...root, 'coralogixOperator', setting];
          const value = textAt(document.value, ...path) ?? '';
          return value === '' ? [] : [{ setting, value, title: path.join('.'), place: document.place(path) }];
        });
  });
}

function regionsInManifests(model: Model): OperatorRegion[] {
  return containersOf(model)
    .filter(({ container }) => /coralogix-operator(:|@|$)/.test(textAt(container.value, 'image') ?? ''))
    .flatMap(({ workload, environment }) =>
      settings.flatMap((setting): OperatorRegion[] => {
        const variable = environment.get(`CORALOGIX_${setting.toUpperCase()}`);
        const { manifest } = workload;
        return variable?.value === undefined || variable.value === ''
          ? []
          : [
              {
                setting,
                value: variable.value,
                title: `${variable.name} of ${workload.title}`,
                place: valueSource(model, workload, variable).place(),
                manifest,
              },
            ];
      }),
    );
}

/** The value, as a message shows it. */
export const shownRegion = ({ title, value }: OperatorRegion): string => `${title} is ${quoted(value)}`;

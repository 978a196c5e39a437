import type { Manifest } from '../../../model/manifest.ts';
import type { Model } from '../../../model/model.ts';
import type { Place } from '../../../problems/problem.ts';
import { quoted } from '../../../text/quoted.ts';
import { textAt } from '../../../yaml/value.ts';
import { containersOf } from './containers.ts';
import { integrationValues } from './integration-values.ts';

/** What the operator of Coralogix is told of the region, and how. */
export interface OperatorRegion {
  readonly setting: 'region' | 'domain';
  readonly value: string;
  /** For messages. */
  readonly title: string;
  readonly place: Place;
  readonly manifest?: Manifest;
}

export const operatorRegions = (model: Model): OperatorRegion[] => [...inValues(model), ...inManifests(model)];

const settings = ['region', 'domain'] as const;

function inValues(model: Model): OperatorRegion[] {
  return integrationValues(model).flatMap(({ document, written }) => {
    const root = ['coralogix-operator'];
    return textAt(written, ...root, 'enabled') !== 'true'
      ? []
      : settings.flatMap((setting) => {
          const path = [...root, 'coralogixOperator', setting];
          const value = textAt(written, ...path) ?? '';
          return value === '' ? [] : [{ setting, value, title: path.join('.'), place: document.place(path) }];
        });
  });
}

function inManifests(model: Model): OperatorRegion[] {
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
                place: manifest.place([...variable.path, 'value']),
                manifest,
              },
            ];
      }),
    );
}

/** The value, as a message shows it. */
export const shownRegion = ({ title, value }: OperatorRegion): string => `${title} is ${quoted(value)}`;

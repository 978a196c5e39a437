import { ownValue } from '../../own-value.ts';
import { referredVariables } from '../../telemetry/downward-variables.ts';
import { endpointVariable, telemetryVariables } from '../../telemetry/environment.ts';
import { attribute, isSafeValue, workloadAttribute } from '../../telemetry/resource-attributes.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { quoted } from '../../text/quoted.ts';
import { remembered } from '../../text/remembered.ts';
import { unreplacedReference } from './expanded-text.ts';
import { environmentOf, type ListedVariable, variablesOf, variablesOfService } from './listed-variables.ts';
import type { ConfigRule } from './rule.ts';
import { servicesWith } from './system-parts.ts';

const telemetryNames = new Set(telemetryVariables);

/** Settings by which spans go elsewhere, are dropped or lose the pod; all others are the service's own affair. */
const breaking =
  /^OTEL_(EXPORTER_OTLP_(TRACES_)?(ENDPOINT|PROTOCOL)|TRACES_SAMPLER_ARG|SDK_DISABLED|(EXPERIMENTAL_)?CONFIG_FILE|JAVAAGENT_ENABLED|JAVAAGENT_CONFIGURATION_FILE|PROPAGATORS)$|RESOURCE_DETECTORS|DISABLED_RESOURCE_PROVIDERS/;

/** Settings whose value decides, with the values that do no harm. */
const harmless: Readonly<Record<string, RegExp>> = {
  OTEL_TRACES_EXPORTER: /(^|,)\s*otlp\s*(,|$)/,
  OTEL_PROPAGATORS: /(^|,)\s*tracecontext\s*(,|$)/,
  OTEL_SDK_DISABLED: /^false$/i,
  OTEL_JAVAAGENT_ENABLED: /^true$/i,
};

/** Why a container has a variable already, or must not have it otherwise. */
type Provision = { readonly by: 'telemetry' } | { readonly by: 'config'; readonly source: string };

/** Who sets an environment variable, when that is not up to the configuration's lists. */
export const providedVariable = remembered((name): Provision | undefined => {
  if (Object.hasOwn(commonKeySources, name)) {
    return { by: 'config', source: commonKeySources[name] ?? '' };
  }
  return telemetryNames.has(name) || (name.startsWith('OTEL_') && breaking.test(name))
    ? { by: 'telemetry' }
    : undefined;
});

/** Whether the value that is written for a variable keeps spans from the collector. */
const isHarmful = (name: string, value: string | undefined): boolean => {
  const fine = ownValue(harmless, name);
  return fine !== undefined && value !== undefined && !fine.test(value);
};

/** That a variable is there already. */
const provisionMessage = (name: string, { by }: Provision): string =>
  by === 'config'
    ? `${name} is in the ConfigMap and in every container already`
    : `${name} belongs to the telemetry that every container is given`;

/** Where its value is to be changed. */
const provisionSuggestion = (provision: Provision, name = ''): string => {
  if (provision.by === 'config') {
    return `remove it; its value comes from ${provision.source}`;
  }
  const key = ownValue(keysOfTelemetry, name);
  return key === undefined ? 'remove it' : `remove it, or write: ${key}`;
};

/** Keys of a service by which a variable of the telemetry is set. */
const keysOfTelemetry: Readonly<Record<string, string>> = {
  OTEL_SERVICE_NAME: 'serviceName: …',
  OTEL_RESOURCE_ATTRIBUTES: 'resourceAttributes: { NAME: VALUE }',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'protocol: http/protobuf',
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'protocol: http/protobuf',
};

/** Keys of the ConfigMap that every container reads, and where in the configuration their values come from. */
export const commonKeySources: Readonly<Record<string, string>> = {
  CX_DOMAIN: 'coralogix.domain',
  CX_APPLICATION_NAME: 'coralogix.applicationName',
  ENVIRONMENT: 'environment',
  [endpointVariable]: 'collector.namespace',
};

/** The ConfigMap's own values come from elsewhere in the file. */
const noProvidedConfigKey: ConfigRule = {
  id: 'no-provided-config-key',
  *check({ system }) {
    for (const [name, value] of system.at('configMap', 'data').entries()) {
      const provision = providedVariable(name);
      if (provision !== undefined) {
        yield value.keyFinding(provisionMessage(name, provision), provisionSuggestion(provision));
      }
    }
  },
};

/** A variable that every container has may not come a second time: the later one would win. */
const noProvidedVariable: ConfigRule = {
  id: 'no-provided-variable',
  *check({ system }) {
    for (const { name, value, service } of variablesOf(system)) {
      const provision = providedVariable(name);
      const isJudgedByValue = ownValue(harmless, name) !== undefined;
      const written =
        provision === undefined && !isJudgedByValue ? undefined : service.part.get('env').get(name).text();
      if (isHarmful(name, written)) {
        const message =
          name === 'OTEL_PROPAGATORS'
            ? `${name}: ${written} ends traces at this service, since the others read tracecontext`
            : `${name}: ${written} keeps the spans of the service from the collector`;
        yield value.keyFinding(message, 'remove it');
      } else if (provision !== undefined && (written === undefined || !isJudgedByValue)) {
        yield value.keyFinding(provisionMessage(name, provision), provisionSuggestion(provision, name));
      }
    }
  },
};

/** The kubelet leaves a reference as it is where the variable stands behind, or has another name. */
const noUnknownVariableReference: ConfigRule = {
  id: 'no-unknown-variable-reference',
  level: 'warning',
  *check({ system }) {
    const referring = environmentOf(system).filter(({ value }) => value.text()?.includes('$(') === true);
    for (const service of new Set(referring.map((variable) => variable.service))) {
      const { part, title } = service;
      if (part.get('envFrom').items().length > 0) {
        continue;
      }
      const variables = variablesOfService(service);
      const before = new Set([...telemetryNames, ...Object.keys(commonKeySources)]);
      const all = [...before, ...variables.map(({ name }) => name)];
      for (const { name, value, list } of variables) {
        const references = list === 'env' ? referredVariables(value.text() ?? '') : [];
        for (const other of new Set(references.filter((reference) => !before.has(reference)))) {
          // Text such as `$(date)` that is like no variable is meant as it is.
          const meant = all.includes(other) ? other : didYouMean(other, all);
          if (meant !== undefined) {
            const message = `${name} of ${title} refers to ${other}, and no variable of that name stands before it: the text arrives as it is`;
            const instead = meant === other ? `add ${other} before it` : `write: $(${meant})`;
            yield value.finding(message, `${instead}, or write: $$(${other})`);
          }
        }
        before.add(name);
      }
    }
  },
};

/** Attributes that every container has must have their own values. */
const noProvidedAttribute: ConfigRule = {
  id: 'no-provided-attribute',
  *check({ system }) {
    const attributes = [
      system.at('serviceDefaults', 'resourceAttributes'),
      ...servicesWith(system, 'resourceAttributes').map(({ part }) => part.get('resourceAttributes')),
    ];
    for (const [name, value] of attributes.flatMap((of) => of.entries())) {
      if (providedAttributes.has(name)) {
        const key = name === attribute.serviceName ? ', or write: serviceName: …' : '';
        yield value.keyFinding(`${name} belongs to the telemetry that every container is given`, `remove it${key}`);
      }
    }
  },
};

/** SDKs decode resource attributes in different ways, and some not at all. */
const validEnvironment: ConfigRule = {
  id: 'valid-environment',
  *check({ system }) {
    const environment = system.at('environment');
    const written = environment.text() ?? '';
    // A variable that is not declared is reported as that.
    if (written !== '' && !isSafeValue(written) && unreplacedReference(system, environment) === undefined) {
      const safe = written.replaceAll(/[^A-Za-z0-9._/@:-]+/g, '-').replaceAll(/^-|-$/g, '');
      yield environment.finding(
        written.length > 255
          ? `a resource attribute has at most 255 characters; environment has ${written.length}`
          : `environment holds characters that SDKs of several languages read in different ways: ${quoted(written)}`,
        safe === '' ? 'write it with A-Z a-z 0-9 . _ / @ : - alone' : `write: ${safe.slice(0, 255)}`,
      );
    }
  },
};

const providedAttributes = new Set<string>([...Object.values(attribute), ...Object.values(workloadAttribute)]);

/** Of two variables of one name in a container the later one wins, silently. */
const uniqueVariable: ConfigRule = {
  id: 'unique-variable',
  *check({ system }) {
    const seen = new Map<string, ListedVariable>();
    for (const variable of variablesOf(system)) {
      const { service, name, value, list } = variable;
      if ((list !== 'env' && value.text() === undefined) || providedVariable(name) !== undefined) {
        continue;
      }
      const first = seen.get(name);
      if (first?.service === service) {
        const place = `${first.list}, line ${first.value.keyPlace.line}`;
        yield value.keyFinding(`${service.title} has the variable ${name} already (${place})`, 'remove one of the two');
      } else {
        seen.set(name, variable);
      }
    }
  },
};

export const variableRules: readonly ConfigRule[] = [
  noProvidedAttribute,
  noProvidedConfigKey,
  noProvidedVariable,
  noUnknownVariableReference,
  validEnvironment,
  uniqueVariable,
];

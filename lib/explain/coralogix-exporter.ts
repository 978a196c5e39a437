import { defaultApplicationName, defaultSubsystemName } from '../collector/components/exporters.ts';
import type { Collector } from '../model/collector/collector.ts';
import type { Attributes } from '../model/enrichment/attribute.ts';
import { parseEndpoint } from '../model/network/endpoint.ts';
import { componentType } from '../pipeline/component.ts';
import { mappingAt, textAt, textListAt } from '../yaml/value.ts';

/** The host of Coralogix that an exporter sends to; undefined where it sends elsewhere. */
export function coralogixHost({ config }: Collector, id: string): string | undefined {
  const settings = mappingAt(config, 'exporters', id);
  if (componentType(id) === 'coralogix') {
    return textAt(settings, 'domain') ?? textAt(settings, 'traces', 'endpoint') ?? '';
  }
  const { host } = parseEndpoint(textAt(settings, 'endpoint') ?? '');
  return host.kind === 'coralogix' ? host.name : undefined;
}

/** A name under which spans are found in Coralogix. */
export interface CoralogixName {
  /** Undefined where it is in no file that was read. */
  readonly value: string | undefined;
  /** Attribute with the value; undefined where none has it and the default holds. */
  readonly attribute: string | undefined;
  /** Whether the value should come from attributes, and none is there. */
  readonly isFallback: boolean;
}

export interface CoralogixNames {
  readonly application: CoralogixName;
  readonly subsystem: CoralogixName;
}

/** Application and subsystem as an exporter gives them to spans with these attributes. */
export function coralogixNamesOf({ config }: Collector, exporter: string, resource: Attributes): CoralogixNames {
  const settings = mappingAt(config, 'exporters', exporter);
  const isOwn = componentType(exporter) === 'coralogix';
  const nameOf = (kind: 'application' | 'subsystem', fallback: string): CoralogixName => {
    const sources = isOwn ? textListAt(settings, `${kind}_name_attributes`) : [`cx.${kind}.name`];
    const attribute = sources.find((name) => resource.has(name));
    if (attribute !== undefined) {
      return { value: resource.get(attribute)?.value, attribute, isFallback: false };
    }
    const value = isOwn ? (textAt(settings, `${kind}_name`) ?? fallback) : headerOf(settings, kind);
    return { value, attribute: undefined, isFallback: isOwn && sources.length > 0 };
  };
  return {
    application: nameOf('application', defaultApplicationName),
    subsystem: nameOf('subsystem', defaultSubsystemName),
  };
}

/** Plain OTLP has the names in headers, where attributes do not say them. */
function headerOf(settings: object, kind: string): string | undefined {
  const headers = mappingAt({ settings }, 'settings', 'headers');
  const name = Object.keys(headers).find((key) => key.toLowerCase() === `cx-${kind}-name`);
  return name === undefined ? undefined : textAt(headers, name);
}

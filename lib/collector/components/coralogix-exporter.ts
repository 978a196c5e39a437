import type { Exporter } from '../../pipeline/component.ts';
import {
  applicationNameSources,
  defaultApplicationName,
  defaultSubsystemName,
  subsystemNameSources,
} from './coralogix-names.ts';
import { privateKey } from './private-key.ts';
import { retryOnFailure, sendingQueue } from './sending-queue.ts';

/**
 * Coralogix' own exporter.
 *
 * @param domain domain of the region, e.g. eu2.coralogix.com
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/coralogixexporter
 */
export const coralogixExporter = (domain: string): Exporter => ({
  kind: 'exporter',
  id: 'coralogix',
  settings: {
    domain,
    private_key: privateKey,
    application_name: defaultApplicationName,
    application_name_attributes: applicationNameSources,
    subsystem_name: defaultSubsystemName,
    subsystem_name_attributes: subsystemNameSources,
    timeout: '30s',
    sending_queue: sendingQueue(),
    retry_on_failure: retryOnFailure(),
  },
});

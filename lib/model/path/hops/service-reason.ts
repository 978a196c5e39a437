import type { Service } from '../../network/service.ts';
import type { Reason } from '../hop.ts';

export const serviceTitle = ({ name, namespace }: Service): string => `Service ${name} of namespace ${namespace}`;

/** What a Service does with a name. */
export function serviceReason(service: Service): Reason {
  const { type, externalName, headless, ports, isAtNode = false } = service;
  const what =
    type === 'ExternalName'
      ? `stands for ${externalName}`
      : headless
        ? 'is headless'
        : `${isAtNode ? 'takes' : 'has'} port${ports.length === 1 ? '' : 's'} ${ports.map(({ port }) => port).join(', ')}${isAtNode ? ' of every node' : ''}`;
  return { message: `${serviceTitle(service)} ${what}`, place: () => service.place() };
}

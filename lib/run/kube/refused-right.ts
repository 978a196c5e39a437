import type { PodhostError } from '../../problems/podhost-error.ts';

/** Which right the API server says that this user lacks; undefined when something else went wrong. */
export const refusedRight = ({ message }: PodhostError): string | undefined => /\(Forbidden\): (.*)/.exec(message)?.[1];

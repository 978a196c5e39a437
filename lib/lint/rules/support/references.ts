import { upToLast } from '../../../text/up-to-last.ts';

/** Names in `$(NAME)`, as the kubelet reads a value; `$$(NAME)` is none. */
export const references = (text: string): string[] =>
  [...upToLast(text, ')').matchAll(/\$\$|\$\(([^)]*)\)/g)].flatMap(([, name]) => name ?? []);

/** Names in `${NAME}` or `${NAME:-default}`, which the kubelet does not read at all. */
export const bracedReferences = (text: string): string[] =>
  [...upToLast(text, '}').matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)(?::[-=+?][^}]*)?\}/g)].map(([, name = '']) => name);

/** Longer than the name of any Service with what is put behind it. */
const maximumLength = 128;

/** Variables that the kubelet makes of the namespace's Services, which a value may refer to without declaring them. */
export const isServiceLink = (name: string): boolean =>
  name.length <= maximumLength &&
  /^[A-Z][A-Z0-9_]*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$/.test(
    name,
  );

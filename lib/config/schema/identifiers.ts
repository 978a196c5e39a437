import { lazyPattern } from '../../text/visible.ts';
import { asAddress, asContextName, asHost, asProjectName, asRegistry, asRelativePath, asVersion } from './repairs.ts';
import { textLike } from './scalars.ts';

const name = '[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?';
const port = '(?::\\d{1,5})?';
/** Of a URL; nothing of it means anything to a shell. */
const segments = '(?:/[A-Za-z0-9._~%@:+=,-]*)*';
const https = `https://(?:[A-Za-z0-9._~%-]+@)?${name}${port}${segments}`;
/** One line; nothing that a terminal would obey or hide. */
const printable = '[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]';

const oneOf = (...forms: readonly string[]): RegExp => lazily(`^(?:${forms.join('|')})$`);

/** A pattern for zod that is compiled when it is used first: sets of Unicode's characters take longer than all others of a run. */
export function lazily(source: string): RegExp {
  const pattern = lazyPattern(source, 'u');
  return new Proxy(/^/, {
    get(_, key) {
      const value: unknown = Reflect.get(pattern(), key);
      return typeof value === 'function' ? value.bind(pattern()) : value;
    },
    set: (_, key, value) => Reflect.set(pattern(), key, value),
  });
}

/** What ssh may be given as a host: never an option. A short name of `~/.ssh/config` is one, too. */
export const sshHost = () =>
  textLike(/^([A-Za-z_][A-Za-z0-9._-]*@)?[A-Za-z0-9_:][A-Za-z0-9._:-]*$/, 'user@address', asHost);

/** @see https://datatracker.ietf.org/doc/html/rfc3986 */
export const httpsAddress = () => textLike(oneOf(https), 'an https address', asAddress);

/** Where helm finds charts. Without TLS a chart could be changed on its way, so that this machine alone needs none. */
export const chartRepository = () =>
  textLike(
    oneOf(
      https,
      `oci://${name}${port}${segments}`,
      `http://(?:localhost|127\\.0\\.0\\.1)${port}${segments}`,
      `(?:/|\\.\\.?/)${printable}*`,
    ),
    'https://HOST/PATH, oci://HOST/PATH or the path of a folder that begins with "/" or "./"',
    asAddress,
  );

/** Where the installer of k3s comes from. */
export const installerSource = () =>
  textLike(oneOf(https, `/${printable}+`), 'an https address, or the path of a file that begins with "/"', asAddress);

/** One version of a chart; a range would be another one tomorrow. */
export const chartVersion = () =>
  textLike(/^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/, 'one version of a chart such as 2.1.0', asVersion);

/** A context as `kubectl config get-contexts` lists it; k3s' kubeconfig gets it as the name of everything in it. */
export const contextName = () =>
  textLike(
    /^[A-Za-z0-9_.]([A-Za-z0-9_.:@/+=~%,-]*[A-Za-z0-9_])?$/,
    'the name of a context, such as shop or admin@shop',
    asContextName,
  );

/** @see https://docs.docker.com/reference/compose-file/version-and-name/ */
export const composeProject = () =>
  textLike(
    /^[a-z0-9][a-z0-9_-]*$/,
    'a project of Docker Compose: lower-case letters, digits, "-" and "_", no "-" or "_" first',
    asProjectName,
  );

/** A registry of images, with what stands before the name of each. */
export const imageRegistry = () =>
  textLike(
    /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9]([a-z0-9._/-]*[a-z0-9])?)?$/,
    'a registry such as registry.example.com/team',
    asRegistry,
  );

/** A file of this machine. */
export const filePath = () =>
  textLike(
    lazily(`^(?![-\\s])${printable}*[^\\s\\p{Cc}\\p{Cf}]$`),
    'a path of one line, without "-" first or spaces around it',
  );

/** A path that stays below a folder. */
export const pathBelow = () =>
  textLike(
    lazily(`^(?![-/\\s])(?!(?:.*/)?\\.\\.(?:/|$))${printable}*[^\\s\\p{Cc}\\p{Cf}]$`),
    'a path below the folder, without "/" or "-" first and without ".."',
    asRelativePath,
  );

/** The same, as Flux wants it. */
export const pathFromRoot = () =>
  textLike(lazily(`^\\./(?!(?:.*/)?\\.\\.(?:/|$))${printable}*$`), 'a path that begins with ./');

/** A repository as git takes it: `https://…`, `ssh://…` or `user@host:path`. */
export const gitRepository = () =>
  textLike(
    oneOf(
      https,
      `ssh://(?:[A-Za-z0-9._-]+@)?${name}${port}${segments}`,
      `(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?${name}[:/][A-Za-z0-9._~%@:+=,/-]+`,
    ),
    'the address of a git repository, such as https://git.example.com/shop.git',
    asAddress,
  );

/** @see https://git-scm.com/docs/git-check-ref-format */
export const gitRevision = () =>
  textLike(/^[A-Za-z0-9_][A-Za-z0-9._/@+*-]*$/, 'a branch, tag or commit of git, such as main or v1.0.0');

/** A certificate resolver of Traefik, which is part of a flag of its command line. */
export const resolverName = () =>
  textLike(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'the name of a resolver: letters, digits, "-" and "_"', asProjectName);

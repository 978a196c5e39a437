import { Agent, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import { KubeConfig } from '@kubernetes/client-node';
import { PodhostError } from '../../problems/podhost-error.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { visibleLine } from '../../text/visible.ts';
import type { Reading } from '../reading.ts';
import type { KubeConnection } from './kube-client.ts';
import { KubeError } from './kube-error.ts';

/** What the client library assumes where there is no kubeconfig at all. */
const assumedServer = 'http://localhost:8080';

/** How long credentials of an exec plug-in are used before they are asked for again. */
const credentialsMilliseconds = 60_000;

/** The cluster that is read. */
export interface ClusterChoice {
  /** Name of a context; undefined for the current one. */
  readonly context?: string | undefined;
  /** Path of a kubeconfig file; undefined for what kubectl would use. */
  readonly kubeconfig?: string | undefined;
}

/**
 * The cluster of a kubeconfig file; without one, that which kubectl would use: `KUBECONFIG`, then `~/.kube/config`, then
 * the ServiceAccount of the own pod.
 *
 * @throws PodhostError when the kubeconfig has no such context
 */
export function connectionOf({ context, kubeconfig }: ClusterChoice): Reading<KubeConnection> {
  const config = new KubeConfig();
  try {
    if (kubeconfig === undefined) {
      config.loadFromDefault();
    } else {
      config.loadFromFile(kubeconfig);
    }
  } catch (error) {
    return {
      unread: `the kubeconfig cannot be read: ${visibleLine(error instanceof Error ? error.message : String(error))}`,
    };
  }
  if (context !== undefined) {
    assertContext(config, context);
    config.setCurrentContext(context);
  }
  const cluster = config.getCurrentCluster();
  if (cluster === null || cluster.server === assumedServer) {
    return {
      unread: 'there is no kubeconfig with a current context',
      remedy: 'set KUBECONFIG or name a context by --context, or leave the cluster out by --no-cluster',
    };
  }
  let known: { readonly at: number; readonly options: RequestOptions } | undefined;
  return {
    value: {
      server: cluster.server,
      context: config.getCurrentContext(),
      async options() {
        if (known === undefined || Date.now() - known.at > credentialsMilliseconds) {
          known = { at: Date.now(), options: await optionsOf(config) };
        }
        return known.options;
      },
    },
  };
}

async function optionsOf(config: KubeConfig): Promise<RequestOptions> {
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    const reason = visibleLine(error instanceof Error ? error.message : String(error));
    throw new KubeError(
      'credentials',
      `the credentials of context ${config.getCurrentContext()} cannot be obtained: ${reason}`,
    );
  }
  if (options.agent instanceof Agent) {
    compareAddress(options.agent);
  }
  return options;
}

/**
 * Compares the certificate with an address that is its `tls-server-name`, which TLS itself may not carry: `deploy` writes
 * one for a k3s elsewhere.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6066#section-3
 */
function compareAddress({ options }: Agent): void {
  const { servername = '' } = options;
  if (isIP(servername) !== 0) {
    options.servername = '';
    options.checkServerIdentity = (_, certificate) => checkServerIdentity(servername, certificate);
  }
}

function assertContext(config: KubeConfig, context: string): void {
  const names = config.getContexts().map(({ name }) => name);
  if (!names.includes(context)) {
    const meant = didYouMean(context, names);
    throw new PodhostError([
      {
        code: 'verify/no-context',
        message: `the kubeconfig has no context ${context}: there are ${names.join(', ') || 'none'}`,
        suggestion: meant === undefined ? 'name one of them by --context' : `write: --context ${meant}`,
      },
    ]);
  }
}

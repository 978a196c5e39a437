import type { ConfigRule } from './rule.ts';

/** ConfigMaps and Secrets that the configuration names must not be those that the output makes for something else. */
export const uniqueObjectName: ConfigRule = {
  id: 'unique-object-name',
  *check({ system }) {
    const configMap = system.at('configMap', 'name');
    for (const datastore of system.get('datastores').items()) {
      const init = `${datastore.get('name').text()}-init`;
      if (datastore.get('initSql').items().length > 0 && configMap.text() === init) {
        const message = `the ConfigMap ${init} holds the SQL files of the datastore in line ${datastore.place.line}`;
        yield configMap.finding(message, 'write: another name');
      }
    }
    const secret = system.at('secret', 'name');
    const certificate = system.at('ingress', 'certificate');
    const issued = certificate.get('certManager').kind === 'mapping' ? `${system.get('name').text()}-tls` : undefined;
    if (secret.text() !== undefined && secret.text() === issued) {
      yield secret.finding(`cert-manager writes the certificate into the Secret ${issued}`, 'write: another name');
    }
    const certificateSecret = certificate.get('secretName');
    if (secret.text() !== undefined && secret.text() === certificateSecret.text()) {
      const message = `${secret.text()} is the Secret of the services (line ${secret.place.line}); a certificate is in a Secret of its own type`;
      yield certificateSecret.finding(message, `write: ${system.get('name').text()}-tls`);
    }
  },
};

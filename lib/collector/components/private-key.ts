/** The Send-Your-Data key, which the container reads from the Secret. */
export const privateKeyVariable = 'CORALOGIX_PRIVATE_KEY';

export const privateKey = `\${env:${privateKeyVariable}}`;

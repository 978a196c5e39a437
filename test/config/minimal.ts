/** A valid configuration that names every kind of thing once; tests change a few words of it. */
export const minimal = `name: shop
namespace: shop
environment: production
clusterName: shop
coralogix:
  domain: eu2.coralogix.com
  applicationName: shop
collector:
  namespace: coralogix
  spanMetrics:
    dimensions: [k8s.pod.name]
  loadBalancing:
    enabled: true
configMap:
  name: shop-config
  data:
    LOG_LEVEL: info
    REDIS_URL: { datastore: redis }
    API_URL: { service: api }
secret:
  name: shop-secrets
  keys: [DB_PASSWORD, API_KEY]
serviceDefaults:
  replicas: 1
services:
  - name: api
    image: registry.example.com/api:1.0.0
    port: 8080
    nodePort: 30010
    configKeys: [LOG_LEVEL]
    secretKeys: [API_KEY]
    env: { MODE: fast }
    resources:
      requests: { cpu: 50m, memory: 64Mi }
      limits: { cpu: 250m, memory: 128Mi }
    volumes:
      - { name: api-data, mountPath: /app/data, claim: { size: 1Gi } }
  - name: web
    image: web:latest
    port: 8081
datastores:
  - name: redis
    type: redis
    storage: { size: 1Gi }
  - name: postgresql
    type: postgresql
    database: shop
    passwordKey: DB_PASSWORD
    storage: { size: 1Gi }
ingress:
  host: shop.example.com
  certificate: { secretName: shop-tls }
  routes:
    - { path: /, service: web }
`;

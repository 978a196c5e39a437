// A service with the SDK for Node.js, told everything by its environment: node service.js RUN SENDER COUNT
import { SpanKind, trace } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';

const [run, sender, count] = process.argv.slice(2);
const sdk = new NodeSDK();
sdk.start();
for (let number = 0; number < Number(count); number += 1) {
  const attributes = { 'test.run': run, 'test.sender': sender, 'http.request.method': 'GET' };
  trace.getTracer('test').startSpan('GET /language', { kind: SpanKind.SERVER, attributes }).end();
}
await sdk.shutdown();

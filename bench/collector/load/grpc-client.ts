import { type ClientHttp2Session, connect } from 'node:http2';

const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

/** One connection to an OTLP receiver, as one application holds it. */
export interface GrpcClient {
  /** Resolves when the server has taken the message. */
  send(message: Buffer): Promise<void>;
  close(): void;
}

export function grpcClient(authority: string): GrpcClient {
  const session = connect(`http://${authority}`);
  // Told by the call that fails.
  session.on('error', () => {});
  return { send: (message) => send(session, message), close: () => session.close() };
}

function send(session: ClientHttp2Session, message: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    let status: unknown;
    let reason: unknown;
    const read = (headers: Record<string, unknown>) => {
      status ??= headers['grpc-status'];
      reason ??= headers['grpc-message'];
    };
    call.on('response', read);
    call.on('trailers', read);
    call.on('error', reject);
    call.on('close', () => {
      if (status === '0') resolve();
      else reject(new Error(`the collector refused spans: gRPC status ${status}, ${reason}`));
    });
    call.resume();
    call.end(message);
  });
}

const preface = 24;
const header = 9;
const dataFrame = 0;

/**
 * Reads one direction of an HTTP/2 connection and tells of each unary gRPC message whether it is compressed.
 *
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export class GrpcMessages {
  private readonly tell: (compressed: boolean) => void;
  private readonly begun = new Set<number>();
  private rest: Buffer = Buffer.alloc(0);
  /** Bytes that nobody needs to look at. */
  private skip = preface;

  constructor(tell: (compressed: boolean) => void) {
    this.tell = tell;
  }

  read(chunk: Buffer): void {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    for (;;) {
      const skipped = Math.min(this.skip, this.rest.length);
      this.skip -= skipped;
      this.rest = this.rest.subarray(skipped);
      // One byte of the payload is needed too: the first of a message says whether it is compressed.
      if (this.skip > 0 || this.rest.length < header) return;
      const length = this.rest.readUIntBE(0, 3);
      if (this.rest[3] === dataFrame && length > 0) {
        if (this.rest.length <= header) return;
        this.begin(this.rest.readUInt32BE(5), this.rest[header] === 1);
      }
      this.skip = header + length;
    }
  }

  /** A unary call has one message, which begins with the first data of its stream. */
  private begin(stream: number, compressed: boolean): void {
    if (this.begun.has(stream)) return;
    this.begun.add(stream);
    this.tell(compressed);
  }
}

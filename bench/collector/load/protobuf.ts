/** As much of the protocol buffers' wire format as OTLP needs. */
const varintType = 0;
const fixed64Type = 1;
const bytesType = 2;

export function varintField(field: number, value: number): Buffer {
  return Buffer.from([...varint((field << 3) | varintType), ...varint(value)]);
}

export function fixed64Field(field: number, value: bigint): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigUInt64LE(value);
  return Buffer.concat([Buffer.from(varint((field << 3) | fixed64Type)), number]);
}

/** A string, or a message that is encoded already. */
export function bytesField(field: number, value: string | Buffer): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([Buffer.from([...varint((field << 3) | bytesType), ...varint(bytes.length)]), bytes]);
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

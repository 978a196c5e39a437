import { createHash } from 'node:crypto';

/** Longer texts, and more of them, take longer than `node:crypto` does with its loading. */
const maximumLength = 300;
const maximumCount = 3;

/** Digests of the first texts, which come again for each service. */
const computed = new Map<string, string>();

/** The SHA-256 digest of a text in UTF-8, in hexadecimal digits. */
export function sha256(text: string): string {
  const known = computed.get(text);
  if (known !== undefined) {
    return known;
  }
  if (text.length > maximumLength || computed.size === maximumCount) {
    return createHash('sha256').update(text).digest('hex');
  }
  const digest = computedDigest(text);
  computed.set(text, digest);
  return digest;
}

/**
 * The same, by the definition of the algorithm.
 *
 * @see https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.180-4.pdf
 */
export function computedDigest(text: string): string {
  const bytes = Buffer.from(text);
  const padded = Buffer.alloc(Math.ceil((bytes.length + 9) / 64) * 64);
  bytes.copy(padded);
  padded[bytes.length] = 0x80;
  padded.writeUInt32BE(bytes.length * 8, padded.length - 4);
  const state = Buffer.from('6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19', 'hex');
  for (let offset = 0; offset < padded.length; offset += 64) {
    compress(state, padded.subarray(offset, offset + 64));
  }
  return state.toString('hex');
}

const constants = [
  '428a2f9871374491b5c0fbcfe9b5dba53956c25b59f111f1923f82a4ab1c5ed5d807aa9812835b01243185be550c7dc3',
  '72be5d7480deb1fe9bdc06a7c19bf174e49b69c1efbe47860fc19dc6240ca1cc2de92c6f4a7484aa5cb0a9dc76f988da',
  '983e5152a831c66db00327c8bf597fc7c6e00bf3d5a7914706ca63511429296727b70a852e1b21384d2c6dfc53380d13',
  '650a7354766a0abb81c2c92e92722c85a2bfe8a1a81a664bc24b8b70c76c51a3d192e819d6990624f40e3585106aa070',
  '19a4c1161e376c082748774c34b0bcb5391c0cb34ed8aa4a5b9cca4f682e6ff3748f82ee78a5636f84c878148cc70208',
  '90befffaa4506cebbef9a3f7c67178f2',
].join('');

function compress(state: Buffer, block: Buffer): void {
  const round = Buffer.from(constants, 'hex');
  const words = Buffer.alloc(256);
  block.copy(words);
  let [a, b, c, d] = [state.readInt32BE(0), state.readInt32BE(4), state.readInt32BE(8), state.readInt32BE(12)];
  let [e, f, g, h] = [state.readInt32BE(16), state.readInt32BE(20), state.readInt32BE(24), state.readInt32BE(28)];
  for (let at = 0; at < 256; at += 4) {
    if (at >= 64) {
      const early = words.readInt32BE(at - 60);
      const late = words.readInt32BE(at - 8);
      const small = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
      const large = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
      words.writeInt32BE((words.readInt32BE(at - 64) + small + words.readInt32BE(at - 28) + large) | 0, at);
    }
    const chosen = (e & f) ^ (~e & g);
    const major = (a & b) ^ (a & c) ^ (b & c);
    const first =
      h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + chosen + round.readInt32BE(at) + words.readInt32BE(at);
    const second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + major;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) {
    state.writeInt32BE((state.readInt32BE(index * 4) + value) | 0, index * 4);
  }
}

const rotated = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

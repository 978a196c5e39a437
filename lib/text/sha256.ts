import { sha256 as digestOf } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';

/** The SHA-256 digest of a text in UTF-8, in hexadecimal digits: `node:crypto` takes longer to load than to compute it. */
export const sha256 = (text: string): string => bytesToHex(digestOf(text));

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

const shape = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/;

/** Lower case, colon separated; undefined for what is not a usable unicast address. */
export function canonicalMac(text: string): string | undefined {
  const mac = text.toLowerCase().replaceAll('-', ':');
  if (!shape.test(mac) || mac === '00:00:00:00:00:00') return undefined;
  return Number.parseInt(mac.slice(0, 2), 16) & 1 ? undefined : mac;
}

/**
 * A locally administered unicast address derived from `seed`. Given at creation, it is never rewritten
 * by udev's MACAddressPolicy and never has to be read back.
 */
export function derivedMac(seed: string): string {
  const bytes = sha256(utf8ToBytes(seed)).slice(0, 6);
  bytes[0] = (bytes[0]! & 0xfc) | 0x02;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

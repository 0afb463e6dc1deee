/** Hardware addresses between text and bytes. */

/**
 * Six bytes.
 * @throws TypeError naming the value
 */
export function parseMac(text: string): Uint8Array {
  if (!/^[\da-fA-F]{2}(:[\da-fA-F]{2}){5}$/.test(text)) {
    throw new TypeError(`"${text}" is not a MAC address: give it as 02:00:17:00:00:01`);
  }
  return Uint8Array.from(text.split(':'), (pair) => Number.parseInt(pair, 16));
}

/** Lower case, colon separated. */
export function formatMac(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** What the kernel would refuse without saying why. */
import { parseMac } from './mac.ts';
import type { LinkSpec } from './state.ts';

const MAX_NAME = 15;
const MAX_ALIAS = 255;
const bytes = (text: string): number => new TextEncoder().encode(text).length;

/**
 * @throws TypeError naming the field, the value, and what to do
 */
export function checkLinkName(field: string, name: string): void {
  const bad = name === '' || name === '.' || name === '..' || /[\s/:]/.test(name);
  if (bad) {
    throw new TypeError(
      `${field}: "${name}" is not an interface name: no blanks, "/" or ":" in it`,
    );
  }
  if (bytes(name) > MAX_NAME) {
    throw new TypeError(
      `${field}: "${name}" is longer than the ${MAX_NAME} bytes of an interface name`,
    );
  }
}

/**
 * @throws TypeError naming the field, the value, and what to do
 */
export function checkLink(link: LinkSpec): void {
  checkLinkName('link.name', link.name);
  if (link.alias !== undefined && bytes(link.alias) > MAX_ALIAS) {
    throw new TypeError(
      `link.alias of "${link.name}" is longer than ${MAX_ALIAS} bytes: shorten it`,
    );
  }
  if (link.mac !== undefined) parseMac(link.mac);
  if (link.peer) {
    checkLinkName('link.peer.name', link.peer.name);
    if (link.peer.mac !== undefined) parseMac(link.peer.mac);
  }
}

/** IP addresses between text and bytes. Canonical text is RFC 5952's, so that equality is `===`. */

/** An address and a prefix length; host bits are kept. */
export interface Prefix {
  bytes: Uint8Array;
  length: number;
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  const bytes = new Uint8Array(4);
  for (const [at, part] of parts.entries()) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    bytes[at] = Number(part);
  }
  return bytes;
}

/** `1:2` as [1, 2], an IPv4 tail as its two groups; the empty text as []. */
function parseGroups(text: string): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [at, part] of parts.entries()) {
    const tail = at === parts.length - 1 && part.includes('.') ? parseIpv4(part) : undefined;
    if (tail) groups.push((tail[0]! << 8) | tail[1]!, (tail[2]! << 8) | tail[3]!);
    else if (/^[\da-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function expand(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0]!);
  if (!head) return undefined;
  if (halves.length === 1) return head.length === 8 ? head : undefined;
  const tail = parseGroups(halves[1]!);
  if (!tail || head.length + tail.length > 7) return undefined;
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function parseIpv6(text: string): Uint8Array | undefined {
  const groups = expand(text);
  if (!groups) return undefined;
  const bytes = new Uint8Array(16);
  for (const [at, group] of groups.entries()) {
    bytes[2 * at] = group >> 8;
    bytes[2 * at + 1] = group & 0xff;
  }
  return bytes;
}

/**
 * 4 or 16 bytes in network order.
 * @throws TypeError naming the value
 */
export function parseAddress(text: string): Uint8Array {
  const bytes = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  if (!bytes) throw new TypeError(`"${text}" is not an IP address: give it as 10.0.0.1 or fd00::1`);
  return bytes;
}

/**
 * @throws TypeError naming the value
 */
export function parsePrefix(text: string): Prefix {
  const slash = text.lastIndexOf('/');
  const digits = slash < 0 ? '' : text.slice(slash + 1);
  if (!/^(0|[1-9]\d{0,2})$/.test(digits)) {
    throw new TypeError(`"${text}" is not an address with a prefix length: give it as 10.0.0.1/32`);
  }
  const bytes = parseAddress(text.slice(0, slash));
  const length = Number(digits);
  if (length > bytes.length * 8) {
    throw new TypeError(`"${text}": the prefix length is at most ${bytes.length * 8}`);
  }
  return { bytes, length };
}

/** The longest run of two or more zero groups, the first of equals. */
function zeroRun(groups: number[]): { at: number; length: number } {
  let best = { at: -1, length: 1 };
  let start = -1;
  for (let at = 0; at <= groups.length; at++) {
    if (groups[at] === 0) {
      if (start < 0) start = at;
      continue;
    }
    if (start >= 0 && at - start > best.length) best = { at: start, length: at - start };
    start = -1;
  }
  return best;
}

function formatIpv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, at) => (bytes[2 * at]! << 8) | bytes[2 * at + 1]!);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${bytes.slice(12).join('.')}`;
  }
  const hex = groups.map((group) => group.toString(16));
  const run = zeroRun(groups);
  if (run.at < 0) return hex.join(':');
  return `${hex.slice(0, run.at).join(':')}::${hex.slice(run.at + run.length).join(':')}`;
}

export function formatIp(bytes: Uint8Array): string {
  return bytes.length === 4 ? bytes.join('.') : formatIpv6(bytes);
}

export function canonicalAddress(text: string): string {
  return formatIp(parseAddress(text));
}

/** Canonical CIDR text, host bits kept. */
export function canonicalPrefix(text: string): string {
  const { bytes, length } = parsePrefix(text);
  return `${formatIp(bytes)}/${length}`;
}

/** Canonical CIDR text, host bits cleared: what the kernel makes of a destination. */
export function canonicalNetwork(text: string): string {
  const { bytes, length } = parsePrefix(text);
  const network = bytes.map(
    (byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, length - 8 * at))),
  );
  return `${formatIp(network)}/${length}`;
}

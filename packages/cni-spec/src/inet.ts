/** An address as bits, without a prefix length. */
export interface Inet {
  family: 4 | 6;
  bits: bigint;
}

/** IPv4 in dotted decimals or IPv6 (RFC 4291, section 2.2); undefined for anything else, zones included. */
export function parseInet(text: string): Inet | undefined {
  if (!text.includes(':')) {
    const bits = parseDotted(text);
    return bits === undefined ? undefined : { family: 4, bits };
  }
  const [head, tail, ...rest] = text.split('::');
  if (head === undefined || rest.length > 0) return undefined;
  const left = groups(head, tail === undefined);
  const right = tail === undefined ? [] : groups(tail, true);
  if (!left || !right) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...left, ...new Array<number>(missing).fill(0), ...right];
  return { family: 6, bits: all.reduce((bits, group) => (bits << 16n) | BigInt(group), 0n) };
}

/** True for an address with prefix length; host bits may be set, as in `10.0.0.5/24`. */
export function isCidr(text: string): boolean {
  const slash = text.indexOf('/');
  const inet = slash < 0 ? undefined : parseInet(text.slice(0, slash));
  const prefix = text.slice(slash + 1);
  return (
    inet !== undefined &&
    /^\d{1,3}$/.test(prefix) &&
    Number(prefix) <= (inet.family === 4 ? 32 : 128)
  );
}

export function isInet(text: string): boolean {
  return parseInet(text) !== undefined;
}

/** Canonical text: RFC 5952 for IPv6, but without its dotted form. */
export function formatInet({ family, bits }: Inet): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');
  const words = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map((shift) => (bits >> shift) & 0xffffn);
  const text = words.map((word) => word.toString(16)).join(':');
  const zeros = text.match(/\b0(?::0)+\b/g) ?? [];
  const longest = zeros.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return text;
  const start = text.search(new RegExp(`\\b${longest}\\b`));
  return `${text.slice(0, start).replace(/:$/, '')}::${text.slice(start + longest.length).replace(/^:/, '')}`;
}

function parseDotted(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4) return undefined;
  let bits = 0n;
  for (const octet of octets) {
    if (!/^(0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255) return undefined;
    bits = (bits << 8n) | BigInt(octet);
  }
  return bits;
}

/** Only the last group of an address may be dotted. */
function groups(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const words: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (last && part.includes('.') && index === parts.length - 1) {
      const bits = parseDotted(part);
      if (bits === undefined) return undefined;
      words.push(Number(bits >> 16n), Number(bits & 0xffffn));
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) {
      words.push(Number.parseInt(part, 16));
    } else return undefined;
  }
  return words;
}

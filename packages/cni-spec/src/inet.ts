/** An address without a prefix length: four octets of IPv4, or eight groups of 16 bits of IPv6. */
export interface Inet {
  family: 4 | 6;
  parts: number[];
}

/** IPv4 in dotted decimals or IPv6 (RFC 4291, section 2.2); undefined for anything else, zones included. */
export function parseInet(text: string): Inet | undefined {
  if (!text.includes(':')) {
    const parts = octets(text);
    return parts && { family: 4, parts };
  }
  const [head, tail, ...rest] = text.split('::');
  if (head === undefined || rest.length > 0) return undefined;
  const left = groups(head, tail === undefined);
  const right = tail === undefined ? [] : groups(tail, true);
  if (!left || !right) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return { family: 6, parts: [...left, ...new Array<number>(missing).fill(0), ...right] };
}

export function isInet(text: string): boolean {
  return parseInet(text) !== undefined;
}

/** True for an address with prefix length; host bits may be set, as in `10.0.0.5/24`. */
export function isCidr(text: string): boolean {
  const slash = text.indexOf('/');
  const inet = slash < 0 ? undefined : parseInet(text.slice(0, slash));
  const prefix = text.slice(slash + 1);
  if (!inet || !/^\d{1,3}$/.test(prefix)) return false;
  return Number(prefix) <= (inet.family === 4 ? 32 : 128);
}

/** Canonical text: RFC 5952 for IPv6, but without its dotted form. */
export function formatInet({ family, parts }: Inet): string {
  if (family === 4) return parts.join('.');
  const text = parts.map((group) => group.toString(16)).join(':');
  const zeros = text.match(/\b0(?::0)+\b/g) ?? [];
  const longest = zeros.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return text;
  const start = text.search(new RegExp(`\\b${longest}\\b`));
  const end = start + longest.length;
  return `${text.slice(0, start).replace(/:$/, '')}::${text.slice(end).replace(/^:/, '')}`;
}

function octets(text: string): number[] | undefined {
  const parts = text.split('.');
  const valid = (part: string) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255;
  return parts.length === 4 && parts.every(valid) ? parts.map(Number) : undefined;
}

/** Only the last group of an address may be dotted. */
function groups(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const words: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) {
      words.push(Number.parseInt(part, 16));
      continue;
    }
    const [a, b, c, d] = (last && index === parts.length - 1 && octets(part)) || [];
    if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
    words.push(a * 256 + b, c * 256 + d);
  }
  return words;
}

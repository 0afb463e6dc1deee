/** A generator of numbers from 0 to below `limit`, the same for the same seed (mulberry32). */
export type Draw = (limit: number) => number;

export function draws(seed: number): Draw {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** JSON text, mostly an object with the keys that the relay looks for, often spoilt by one edit. */
export function randomJson(draw: Draw): Buffer {
  const bytes = Buffer.from(draw(8) === 0 ? value(draw, 0) : object(draw, 0));
  if (draw(3) > 0) return bytes;
  const at = draw(bytes.length + 1);
  const edits = [
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]),
    () => bytes.subarray(0, at),
    () => Buffer.concat([bytes, bytes.subarray(at)]),
    () => Buffer.concat([bytes.subarray(0, at), Buffer.of(draw(256)), bytes.subarray(at)]),
    () => Buffer.concat([bytes.subarray(0, at), Buffer.of(draw(256)), bytes.subarray(at + 1)]),
    () =>
      Buffer.concat([
        bytes.subarray(0, at),
        Buffer.of('"\\{}[],:0.eu- '.charCodeAt(draw(14))),
        bytes.subarray(at),
      ]),
  ];
  return Buffer.from((edits[draw(edits.length)] as () => Buffer)());
}

const spaces = ['', '', '', ' ', '\n\t', '\r', '  '];
const pick = <T>(draw: Draw, from: readonly T[]): T => from[draw(from.length)] as T;
const space = (draw: Draw): string => pick(draw, spaces);

function value(draw: Draw, depth: number): string {
  const kind = draw(depth > 3 ? 5 : 7);
  if (kind === 5) return object(draw, depth + 1);
  if (kind === 6) return list(draw, '[', ']', () => value(draw, depth + 1));
  if (kind < 2) return string(draw, draw(6));
  return pick(draw, [
    'true',
    'false',
    'null',
    '0',
    '-0',
    '12',
    '-3.5e+10',
    '1E5',
    '0.0e-0',
    '9'.repeat(40),
  ]);
}

function object(draw: Draw, depth: number): string {
  const member = () => {
    const key = pick(draw, [
      'cniVersion',
      'name',
      'cniVersion',
      'name',
      'a',
      '',
      'cniVersio',
      '__proto__',
    ]);
    const name = draw(9) === 0 ? string(draw, 3) : escaped(draw, key);
    const held = draw(2) === 0 ? string(draw, draw(4)) : value(draw, depth);
    return `${name}${space(draw)}:${space(draw)}${held}`;
  };
  return list(draw, '{', '}', member);
}

function list(draw: Draw, open: string, close: string, item: () => string): string {
  const items = Array.from({ length: draw(4) }, () => `${space(draw)}${item()}${space(draw)}`);
  return `${space(draw)}${open}${space(draw)}${items.join(',')}${close}${space(draw)}`;
}

function string(draw: Draw, length: number): string {
  const pieces = [
    '1.0',
    '0.4.0',
    'x',
    'pods',
    ' ',
    '~',
    '\\n',
    '\\"',
    '\\\\',
    '\\/',
    '\\u0041',
    '\\u00e4',
    '\\ud83d',
    'ü',
    '\u007f',
    '😀',
  ];
  const long = draw(20) === 0 ? 'y'.repeat(250 + draw(10)) : '';
  return `"${long}${Array.from({ length }, () => pick(draw, pieces)).join('')}"`;
}

function escaped(draw: Draw, key: string): string {
  const hex = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `"${[...key].map((char) => (draw(12) === 0 ? hex(char) : char)).join('')}"`;
}

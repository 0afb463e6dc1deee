import type { Expression, JsonObject } from './ruleset.ts';

/** How an expression of `nft -j` reads in nft's language, as `nft list` prints it. */
export function formatExpression(expression: Expression, hex = false): string {
  if (expression === null) return '';
  if (typeof expression === 'number') return hex ? formatMark(expression) : String(expression);
  if (typeof expression === 'boolean') return expression ? 'exists' : 'missing';
  if (typeof expression === 'string') return expression;
  if (Array.isArray(expression)) return expression.map((e) => formatExpression(e, hex)).join(',');
  const [kind, value] = Object.entries(expression)[0] ?? ['', null];
  const format = kinds[kind];
  return format === undefined ? JSON.stringify(expression) : format(value, hex);
}

/** Packet and connection marks are printed as eight hexadecimal digits. */
export function formatMark(mark: number): string {
  return `0x${mark.toString(16).padStart(8, '0')}`;
}

/** The one member of a statement, a verdict or an operation. */
export function soleMember(object: JsonObject): [string, Expression] {
  return Object.entries(object)[0] ?? ['', null];
}

type Format = (value: Expression, hex: boolean) => string;

function member(value: Expression, name: string): Expression {
  const object = value as JsonObject | null;
  return object?.[name] ?? null;
}

function binary(operator: string): Format {
  return (value, hex) =>
    (value as Expression[]).map((e) => formatExpression(e, hex)).join(` ${operator} `);
}

const verdict =
  (word: string): Format =>
  (value) =>
    `${word} ${formatExpression(member(value, 'target'))}`;

const meta: Format = (value) => {
  const key = formatExpression(member(value, 'key'));
  return /^(?:iif|oif|iifname|oifname|iifgroup|oifgroup|skuid|skgid)$/.test(key)
    ? key
    : `meta ${key}`;
};

const payload: Format = (value) => {
  const base = member(value, 'base');
  if (base !== null) return `@${base},${member(value, 'offset')},${member(value, 'len')}`;
  return `${member(value, 'protocol')} ${member(value, 'field')}`;
};

const ct: Format = (value) => {
  const direction = member(value, 'dir');
  return `ct ${direction === null ? '' : `${direction} `}${member(value, 'key')}`;
};

const fib: Format = (value) =>
  `fib ${[member(value, 'flags')].flat().join(' . ')} ${member(value, 'result')}`;

const numgen: Format = (value) => {
  const offset = Number(member(value, 'offset') ?? 0);
  const shift = offset === 0 ? '' : ` offset ${offset}`;
  return `numgen ${member(value, 'mode')} mod ${member(value, 'mod')}${shift}`;
};

const set: Format = (value, hex) =>
  `{ ${(value as Expression[]).map((element) => formatElement(element, hex)).join(', ')} }`;

/** An element of a set, or the pair of a map. */
function formatElement(element: Expression, hex: boolean): string {
  if (!Array.isArray(element)) return formatExpression(element, hex);
  const [key = null, data = null] = element;
  return `${formatExpression(key, hex)} : ${formatExpression(data, hex)}`;
}

const elem: Format = (value, hex) => {
  const comment = member(value, 'comment');
  const timeout = member(value, 'timeout');
  return [
    formatExpression(member(value, 'val'), hex),
    timeout === null ? '' : ` timeout ${timeout}s`,
    comment === null ? '' : ` comment "${comment}"`,
  ].join('');
};

const kinds: Record<string, Format> = {
  meta,
  payload,
  ct,
  fib,
  numgen,
  set,
  elem,
  prefix: (value) => `${member(value, 'addr')}/${member(value, 'len')}`,
  range: (value, hex) => (value as Expression[]).map((e) => formatExpression(e, hex)).join('-'),
  concat: (value) => (value as Expression[]).map((e) => formatExpression(e)).join(' . '),
  '&': binary('&'),
  '|': binary('|'),
  '^': binary('^'),
  '<<': binary('<<'),
  '>>': binary('>>'),
  accept: () => 'accept',
  drop: () => 'drop',
  return: () => 'return',
  continue: () => 'continue',
  jump: verdict('jump'),
  goto: verdict('goto'),
};

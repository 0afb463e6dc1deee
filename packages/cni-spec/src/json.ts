/** `rawJSON` and the third argument of a reviver (ECMA-262 2026), which lib.es2024 does not declare. */
interface ExactJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  stringify(
    value: unknown,
    replacer: (key: string, value: unknown) => unknown,
    indent?: number,
  ): string;
  rawJSON(text: string): unknown;
}

const exact = JSON as unknown as ExactJson;

/** Sixteen digits, or an exponent of three, are the least that a double may not hold. */
const unusual = /\d[\d.]{15}|[eE][+-]?\d{3}/;
const integer = /^-?\d+$/;

/**
 * JSON.parse that loses no number: an integer that a double cannot hold comes back as a bigint, any other
 * such number as an opaque object that `printJson` prints as it was. Throws SyntaxError. The reviver is
 * slow, and runs only for a text that may have such a number.
 */
export function parseJson(text: string): unknown {
  if (!unusual.test(text)) return JSON.parse(text);
  return exact.parse(text, (_key, value, { source }) => {
    if (typeof value !== 'number' || source === undefined) return value;
    if (integer.test(source)) return Number.isSafeInteger(value) ? value : BigInt(source);
    return significant(source) === significant(String(value)) ? value : exact.rawJSON(source);
  });
}

/** The digits of a number without those that say only how large it is. */
function significant(number: string): string {
  const [mantissa = ''] = number.toLowerCase().split('e');
  return mantissa.replace(/[-.]/g, '').replace(/^0+|0+$/g, '');
}

/** JSON.stringify that prints a bigint as the integer it is. `indent` in spaces. */
export function printJson(value: unknown, indent?: number): string {
  return exact.stringify(
    value,
    (_key, inner) => (typeof inner === 'bigint' ? exact.rawJSON(String(inner)) : inner),
    indent,
  );
}

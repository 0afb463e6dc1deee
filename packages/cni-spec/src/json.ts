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

/** Sixteen digits are the fewest that a double may not hold. */
const longDigits = /\d{16}/;
const integer = /^-?\d+$/;

/**
 * JSON.parse that loses no integer: one that a double cannot hold comes back as a bigint. Throws
 * SyntaxError. The reviver is slow, and runs only for a text that has a long run of digits.
 */
export function parseJson(text: string): unknown {
  if (!longDigits.test(text)) return JSON.parse(text);
  return exact.parse(text, (_key, value, { source }) =>
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    source !== undefined &&
    integer.test(source)
      ? BigInt(source)
      : value,
  );
}

/** JSON.stringify that prints a bigint as the integer it is. `indent` in spaces. */
export function printJson(value: unknown, indent?: number): string {
  return exact.stringify(
    value,
    (_key, inner) => (typeof inner === 'bigint' ? exact.rawJSON(String(inner)) : inner),
    indent,
  );
}

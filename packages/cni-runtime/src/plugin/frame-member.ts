/**
 * A string of the top level of a JSON object, or undefined: no such key, not a string, longer than
 * 255 characters, other than printable ASCII, or no valid JSON. As in JSON.parse, of a repeated
 * key the last counts. The relay has the same rule in C, held to this one by a fuzz test.
 */
export function topLevelString(json: Uint8Array, key: string): string | undefined {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(json));
  } catch {
    return undefined;
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return undefined;
  }
  const value: unknown = Object.getOwnPropertyDescriptor(document, key)?.value;
  return typeof value === 'string' && /^[\x20-\x7e]{0,255}$/.test(value) ? value : undefined;
}

import { printJson } from './json.ts';

const longest = 80;

/** A value as an error message shows it: JSON, cut where it gets long. */
export function show(value: unknown): string {
  const text = printJson(value) ?? String(value);
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

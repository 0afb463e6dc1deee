import type { Call } from '../plugin-harness.ts';

/** What a call did, in a few words: its end, and the beginning of what it said. */
export function seen({ exitCode, signal, stdout, stderr }: Call): string {
  const end = signal ? `ended by ${signal}` : `exit ${exitCode}`;
  const said = (stdout.trim() || stderr.trim()).replace(/\s+/g, ' ');
  return said === '' ? `${end}, without a word` : `${end}: ${said.slice(0, 300)}`;
}

import { Finding } from '../../../judge/finding.ts';
import type { ProbeCall } from '../../../runtime-harness.ts';

/** That exactly these plugins were called with the verb, in this order. Throws Finding with `key`. */
export function expectOrder(
  calls: readonly ProbeCall[],
  verb: string,
  plugins: readonly string[],
  key: string,
): void {
  const seen = calls.filter((call) => call.verb === verb).map(({ plugin }) => plugin);
  if (seen.join() === plugins.join()) return;
  throw new Finding(key, `${verb} should reach ${list(plugins)}; it reached ${list(seen)}`);
}

/** That no plugin was called. Throws Finding with `key`. */
export function expectNone(calls: readonly ProbeCall[], key: string): void {
  if (calls.length === 0) return;
  const seen = calls.map(({ verb, plugin }) => `${plugin} with ${verb}`);
  throw new Finding(key, `no plugin should be executed; executed was ${seen.join(', ')}`);
}

const list = (names: readonly string[]): string => names.join(', then ') || 'none';

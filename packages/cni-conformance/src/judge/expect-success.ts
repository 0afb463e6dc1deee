import type { Call } from '../plugin-harness.ts';
import { Finding } from './finding.ts';
import { seen } from './seen.ts';

/** That a call exited 0 in time. Throws Finding: `KEY`, or `hangs`. */
export function expectSuccess(call: Call, key = 'refused'): void {
  if (call.timedOut) throw new Finding('hangs', `${call.verb} did not end before its deadline`);
  if (call.exitCode !== 0) throw new Finding(key, `${call.verb} should succeed; ${seen(call)}`);
}

import type { Call } from '../plugin-harness.ts';
import { expectSuccess } from './expect-success.ts';
import { Finding } from './finding.ts';
import { seen } from './seen.ts';

/** That a call succeeded and printed nothing on standard output. Throws Finding: `refused`, `hangs`, `prints`. */
export function expectSilence(call: Call): void {
  expectSuccess(call);
  if (call.stdout.trim() === '') return;
  throw new Finding('prints', `standard output of ${call.verb} should be empty; ${seen(call)}`);
}

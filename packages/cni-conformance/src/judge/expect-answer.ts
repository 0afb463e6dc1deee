import type { Call, PluginHarness } from '../plugin-harness.ts';
import { expectRefusal, type Refusal } from './expect-refusal.ts';
import { expectResult } from './expect-result.ts';

/**
 * That an ADD either succeeded with one result, or was refused in words; true if it succeeded. Throws Finding as
 * `expectResult` and `expectRefusal` do.
 */
export function expectAnswer(
  on: Pick<PluginHarness, 'version'>,
  call: Call,
  refusal?: Refusal,
): boolean {
  if (call.exitCode === 0) {
    expectResult(on, call);
    return true;
  }
  expectRefusal(call, refusal);
  return false;
}

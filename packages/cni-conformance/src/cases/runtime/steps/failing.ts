import { printJson } from '@vcn-cni/cni-spec';
import type { DelegateAnswer } from '../../../delegate.ts';
import type { RuntimeHarness } from '../../../runtime-harness.ts';

/** An error as a plugin says it, with a word by which it is known again. */
export const failing = (on: RuntimeHarness, word: string): DelegateAnswer => ({
  exitCode: 1,
  stdout: printJson({ cniVersion: on.version, code: 123, msg: `${word} is out of order` }),
});

import { isScripted, objectOf } from './call.ts';
import type { Mutant } from './mutant.ts';
import {
  after,
  failure,
  hangs,
  is,
  panic,
  refused,
  refusing,
  runs,
  says,
  success,
  withCode,
} from './ways.ts';

const ofInterface = ['interface'] as const;

const added = after('ADD');
const logs = (verb: string) => `${verb.toLowerCase()}-logs-to-stdout`;

/** What is printed where, and how it ends. */
export const outputMutants: readonly Mutant[] = [
  {
    name: 'result-to-stderr',
    of: ofInterface,
    does: 'the result goes to standard error',
    around: says((outcome, call) =>
      added(outcome, call) ? { ...outcome, stdout: '', stderr: outcome.stdout } : outcome,
    ),
  },
  {
    name: 'result-twice',
    of: ofInterface,
    does: 'the result is printed twice',
    around: says((outcome, call) =>
      added(outcome, call) ? { ...outcome, stdout: outcome.stdout.repeat(2) } : outcome,
    ),
  },
  {
    name: 'add-prints-nothing',
    of: ofInterface,
    does: 'ADD prints no result',
    around: says((outcome, call) => (added(outcome, call) ? success : outcome)),
  },
  {
    name: 'add-prints-list',
    of: ofInterface,
    does: 'the result is in a list',
    around: says((outcome, call) =>
      added(outcome, call) ? { ...outcome, stdout: `[${outcome.stdout}]` } : outcome,
    ),
  },
  {
    name: 'add-succeeds-with-exit-1',
    of: ofInterface,
    does: 'ADD exits 1 with its result',
    around: says((outcome, call) => (added(outcome, call) ? { ...outcome, exitCode: 1 } : outcome)),
  },
  {
    name: 'del-succeeds-with-error',
    of: ofInterface,
    does: 'DEL exits 0 with an error',
    around: says((outcome, call) =>
      after('DEL')(outcome, call) ? { ...failure(call, 11, 'failed'), exitCode: 0 } : outcome,
    ),
  },
  {
    name: 'del-prints',
    of: ofInterface,
    does: 'DEL prints a result',
    around: says((outcome, call) =>
      after('DEL')(outcome, call) ? { ...outcome, stdout: '{"cniVersion":"1.1.0"}' } : outcome,
    ),
  },
  ...['ADD', 'DEL', 'CHECK'].map((verb) => ({
    name: logs(verb),
    of: ofInterface,
    does: `the log of ${verb} goes to standard output`,
    around: says((outcome, call) =>
      after(verb)(outcome, call)
        ? { ...outcome, stdout: `level=info msg="${verb} done"\n${outcome.stdout}` }
        : outcome,
    ),
  })),
  {
    name: 'fails-with-exit-0',
    of: ofInterface,
    does: 'what fails exits 0',
    around: says((outcome) => ({ ...outcome, exitCode: 0 })),
  },
  {
    name: 'fails-by-signal',
    of: ofInterface,
    does: 'what fails ends by SIGABRT',
    around: says((outcome) => (refused()(outcome) ? { ...outcome, diesBy: 6 } : outcome)),
  },
  {
    name: 'hangs-on-bad-input',
    of: ofInterface,
    does: 'what should fail does not end',
    hangs: true,
    around: hangs((outcome, call) => refused(6)(outcome) && is('ADD')(call) === true),
  },
  {
    name: 'error-to-stderr',
    of: ofInterface,
    does: 'errors go to standard error',
    around: says((outcome) =>
      refused()(outcome) ? { ...outcome, stdout: '', stderr: outcome.stdout } : outcome,
    ),
  },
  {
    name: 'error-as-text',
    of: ofInterface,
    does: 'errors are text',
    around: says((outcome) =>
      refused()(outcome)
        ? { ...outcome, stdout: `error: ${objectOf(outcome.stdout)?.['msg']}\n` }
        : outcome,
    ),
  },
  {
    name: 'error-twice',
    of: ofInterface,
    does: 'errors are printed twice',
    around: says((outcome) =>
      refused()(outcome) ? { ...outcome, stdout: outcome.stdout.repeat(2) } : outcome,
    ),
  },
  {
    name: 'no-namespace-accepted',
    of: ofInterface,
    does: 'a namespace that is none is no error',
    around: says((outcome) => (refused(102)(outcome) ? success : outcome)),
  },
  {
    name: 'no-namespace-panics',
    of: ofInterface,
    does: 'a namespace that is none ends in a panic',
    around: says((outcome) => (refused(102)(outcome) ? panic : outcome)),
  },
  {
    name: 'host-namespace-result-and-error',
    of: ofInterface,
    does: "the host's namespace gives a result and an error",
    around: says((outcome) =>
      refused(101)(outcome)
        ? { ...outcome, stdout: `{"cniVersion":"1.1.0"}${outcome.stdout}` }
        : outcome,
    ),
  },
  {
    name: 'error-without-version',
    of: ofInterface,
    does: 'errors have no cniVersion',
    around: refusing(({ cniVersion, ...error }) => error),
  },
  {
    name: 'error-of-newest-version',
    of: ofInterface,
    does: 'errors have the newest cniVersion',
    version: '1.0.0',
    around: refusing((error) => ({ ...error, cniVersion: '1.1.0' })),
  },
  {
    name: 'error-code-as-text',
    of: ofInterface,
    does: 'the code of errors is text',
    around: refusing((error) => ({ ...error, code: String(error['code']) })),
  },
  {
    name: 'error-details-as-object',
    of: ofInterface,
    does: 'the details of errors are an object',
    around: refusing((error) => ({ ...error, details: { text: error['details'] } })),
  },
  {
    name: 'error-msg-empty',
    of: ofInterface,
    does: 'msg of errors is empty',
    around: refusing((error) => ({ ...error, msg: '' })),
  },
  {
    name: 'error-code-0',
    of: ofInterface,
    does: 'the code of errors is 0',
    around: withCode('any', 0),
  },
  {
    name: 'error-code-reserved',
    of: ofInterface,
    does: 'errors have a code that the specification keeps for itself',
    around: withCode('any', 42),
  },
  {
    name: 'namespace-code-reserved',
    of: ofInterface,
    does: 'an unusable namespace has code 9',
    around: withCode([101, 102], 9),
  },
  {
    name: 'delegate-failure-code-0',
    of: ofInterface,
    does: 'a plugin that fails in silence is reported with code 0',
    around: withCode('any', 0, ({ config }) => isScripted(config)),
  },
  {
    name: 'add-leaves-link-with-code-3',
    of: ofInterface,
    does: 'a failed ADD leaves a link, and says by code 3 that nothing is to be cleaned up',
    around: (call, next) =>
      withCode(
        'any',
        3,
        is('ADD'),
      )(call, (given) =>
        runs(
          'ip link add stray type veth peer name stray0',
          (outcome, { verb }) => verb === 'ADD' && outcome.exitCode !== 0,
        )(given, next),
      ),
  },
];

import type { JsonObject } from '@vcn-cni/cni-conformance';
import { printJson } from '@vcn-cni/cni-spec';
import type { Outcome } from '../transport/caller.ts';
import { type Call, objectOf } from './call.ts';
import type { Around } from './mutant.ts';

/** Ways to be broken at the surface, of which most mutants are made. */

type When = (call: Call) => boolean | Promise<boolean>;

export const success: Outcome = { exitCode: 0, stdout: '', stderr: '' };
export const panic: Outcome = { exitCode: 2, stdout: '', stderr: 'panic: reference plugin\n' };
/** SIGSEGV. */
export const crash: Outcome = { ...success, diesBy: 11 };

export const failure = (
  { config }: Pick<Call, 'config'>,
  code: number,
  msg: string,
  details = '',
): Outcome => {
  const { cniVersion = '1.1.0' } = config;
  return { exitCode: 1, stdout: printJson({ cniVersion, code, msg, details }), stderr: '' };
};

export const is =
  (...verbs: string[]): When =>
  ({ verb }) =>
    verbs.includes(verb);

/** Hears something else than was said. */
export const hears =
  (change: (call: Call) => Call): Around =>
  (call, next) =>
    next(change(call));

/** Says something else than it should. */
export const says =
  (change: (outcome: Outcome, call: Call) => Outcome | Promise<Outcome>): Around =>
  async (call, next) =>
    change(await next(call), call);

/** Ends in this way and does nothing, when it should do something. */
export const ends =
  (when: When, outcome: Outcome | ((call: Call) => Outcome)): Around =>
  async (call, next) => {
    if (!(await when(call))) return next(call);
    return typeof outcome === 'function' ? outcome(call) : outcome;
  };

/** Refuses what it should do. */
export const refuses = (when: When, code = 150, msg = 'refused'): Around =>
  ends(when, (call) => failure(call, code, msg));

/** Does nothing, and says that all is well, when it should refuse. */
export const accepts = (when: When): Around =>
  says(async (outcome, call) => (outcome.exitCode !== 0 && (await when(call)) ? success : outcome));

/** Answers a refusal otherwise. */
export const refusing = (
  change: (error: JsonObject, call: Call) => JsonObject | Outcome | Promise<JsonObject | Outcome>,
): Around =>
  says(async (outcome, call) => {
    const error = outcome.exitCode === 0 ? undefined : objectOf(outcome.stdout);
    if (!error) return outcome;
    const changed = await change(error, call);
    return isOutcome(changed) ? changed : { ...outcome, stdout: printJson(changed, 4) };
  });

const isOutcome = (value: JsonObject | Outcome): value is Outcome =>
  'exitCode' in value && 'stdout' in value;

/** Answers another code, where it is one of these. */
export const withCode = (
  codes: readonly number[] | 'any',
  code: unknown,
  when: When = () => true,
) =>
  refusing(async (error, call) =>
    (codes === 'any' || codes.includes(error['code'] as number)) && (await when(call))
      ? { ...error, code }
      : error,
  );

/** Answers ADD with another result. */
export const results = (change: (result: JsonObject, call: Call) => JsonObject): Around =>
  says((outcome, call) => {
    const result =
      call.verb === 'ADD' && outcome.exitCode === 0 ? objectOf(outcome.stdout) : undefined;
    return result ? { ...outcome, stdout: printJson(change(result, call), 4) } : outcome;
  });

/** Answers VERSION with something else. */
export const versions = (change: (answer: JsonObject, call: Call) => JsonObject): Around =>
  says((outcome, call) => {
    const answer = call.verb === 'VERSION' ? objectOf(outcome.stdout) : undefined;
    return answer ? { ...outcome, stdout: `${printJson(change(answer, call))}\n` } : outcome;
  });

/** Runs lines of sh besides, in the namespaces of its caller, with its variables. */
export const runs = (
  script: string,
  when: (outcome: Outcome, call: Call) => boolean | Promise<boolean>,
): Around =>
  says(async (outcome, call) => {
    if (await when(outcome, call)) await shell(call, script);
    return outcome;
  });

export const shell = (
  { caller }: Call,
  script: string,
): Promise<{ exitCode: number; stdout: string }> =>
  caller.run(['sh', '-c', `inside() { nsenter --net="$CNI_NETNS" "$@"; }\n${script}`]);

export const after =
  (...verbs: string[]) =>
  ({ exitCode }: Outcome, { verb }: Call): boolean =>
    exitCode === 0 && verbs.includes(verb);

export const refused =
  (...codes: number[]) =>
  ({ exitCode, stdout }: Outcome): boolean =>
    exitCode !== 0 &&
    (codes.length === 0 || codes.includes(Number(objectOf(stdout)?.['code'] ?? -1)));

/** Never answers. */
export const hangs = (when: (outcome: Outcome, call: Call) => boolean): Around =>
  says(async (outcome, call) => {
    if (!when(outcome, call)) return outcome;
    const { signal } = call.caller;
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    throw signal.reason;
  });

import { CniError, ErrorCode, parseError, type Verb } from '@vcn-cni/cni-spec';
import type { PluginOutcome } from './execute-plugin.ts';

/** A plugin of a list failed: code and details are its own, the message says which it was. */
export class PluginFailure extends CniError {
  override readonly name = 'PluginFailure';
  readonly type: string;
  readonly network: string;
  readonly verb: Verb;

  constructor(type: string, network: string, verb: Verb, cause: CniError) {
    const what = `plugin type="${type}" name="${network}" failed (${verb.toLowerCase()})`;
    super(cause.code, `${what}: ${cause.msg}`, cause.details, { cause });
    this.type = type;
    this.network = network;
    this.verb = verb;
  }
}

/** The error of a plugin that exited with a code other than 0; code 6 if it did not say it as it should. */
export function outcomeError({ exitCode, stdout, stderr, signal }: PluginOutcome): CniError {
  const end = signal ? `was killed by ${signal}` : `exited with code ${exitCode}`;
  const log = stderr.trim();
  if (stdout.trim() !== '') {
    try {
      return parseError(stdout);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const msg = `plugin ${end}, and its error cannot be decoded`;
      return new CniError(ErrorCode.DecodingFailure, msg, log ? `${reason}; ${log}` : reason, {
        cause,
      });
    }
  }
  if (log === '') return new CniError(ErrorCode.DecodingFailure, `plugin ${end} without a message`);
  return new CniError(ErrorCode.DecodingFailure, `plugin ${end}; its standard error is`, log);
}

import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  encodeRequestEntries,
  type FrameAnswer,
  spoolFileName,
  topLevelString,
} from '@vcn-cni/cni-runtime/plugin';
import { CniError, ErrorCode, latestVersion, supportedVersions } from '@vcn-cni/cni-spec';
import { checkLength, type Environment } from './environment.ts';
import { type Exchange, exchange } from './exchange.ts';
import { failures } from './failures.ts';
import { PluginFailure } from './plugin-failure.ts';
import { readSettings } from './settings.ts';
import { writeSpoolFile } from './spool-folder.ts';

/** One execution of the plugin, from its environment and standard input to what it prints. */
export async function run(
  environment: Environment,
  readInput: () => Uint8Array,
): Promise<FrameAnswer> {
  let cniVersion: string = latestVersion;
  try {
    const command = text(environment, 'CNI_COMMAND');
    if (!command) {
      const some = environment.forwarded.some((entry) =>
        Buffer.from(entry).toString().startsWith('CNI_'),
      );
      throw new PluginFailure(some ? 'noCommand' : 'noEnvironment');
    }
    checkLength(environment);
    const stdin = readInput();
    cniVersion = topLevelString(stdin, 'cniVersion') ?? cniVersion;
    if (command === 'VERSION')
      return { exitCode: 0, stdout: print({ cniVersion, supportedVersions }) };
    return await deliver(command, environment, stdin);
  } catch (error) {
    return { exitCode: 1, stdout: print(asCniError(error).toDocument(cniVersion)) };
  }
}

function asCniError(error: unknown): CniError {
  if (!(error instanceof PluginFailure)) return CniError.from(error);
  const { code, msg } = failures[error.failure];
  return new CniError(ErrorCode[code], msg, error.details);
}

function text(environment: Environment, name: string): string | undefined {
  const value = environment.get(name);
  return value && Buffer.from(value).toString();
}

function print(document: unknown): string {
  return `${JSON.stringify(document)}\n`;
}

async function deliver(
  command: string,
  environment: Environment,
  stdin: Uint8Array,
): Promise<FrameAnswer> {
  const { socket, connectTimeout, timeout } = readSettings(command, (name) =>
    text(environment, name),
  );
  const start = performance.now();
  const call: Exchange = {
    socket,
    frame: encodeRequestEntries(environment.forwarded, stdin),
    connectUntil: start + connectTimeout,
    until: start + timeout,
  };
  const outcome = await exchange(call);
  const subject = (reason: string): string => `${socket}: ${reason}`;
  switch (outcome.kind) {
    case 'answered':
      return outcome.answer;
    case 'late':
      throw new PluginFailure('late', subject(`no answer within ${timeout} ms`));
    case 'denied':
    case 'lost':
      throw new PluginFailure(outcome.kind, subject(outcome.reason));
    case 'absent':
      if (command === 'DEL') return await spool(environment, stdin, call, subject(outcome.reason));
      throw new PluginFailure(
        command === 'STATUS' ? 'notReady' : 'noDaemon',
        subject(outcome.reason),
      );
  }
}

/**
 * DEL without a daemon: to the spool, then one more attempt, for the daemon may have drained the
 * folder just before the file came. The file stays until a whole answer says it is not needed.
 */
async function spool(
  environment: Environment,
  stdin: Uint8Array,
  call: Exchange,
  absence: string,
): Promise<FrameAnswer> {
  const folder = join(dirname(call.socket), 'spool');
  const name = spoolFileName({
    containerId: environment.get('CNI_CONTAINERID') ?? '',
    ifname: environment.get('CNI_IFNAME') ?? '',
    stdin,
  });
  try {
    writeSpoolFile(folder, name, call.frame);
  } catch (error) {
    const reason = `${absence}, and ${folder}: ${(error as Error).message}`;
    throw new PluginFailure('notSpooled', reason);
  }
  const outcome = await exchange({ ...call, connectUntil: 0 });
  if (outcome.kind !== 'answered') return { exitCode: 0, stdout: '' };
  rmSync(join(folder, name), { force: true });
  return outcome.answer;
}

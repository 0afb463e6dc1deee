import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CniVersion,
  compareVersions,
  isCniVersion,
  supportedVersions as known,
} from '@vcn-cni/cni-spec';
import type { Role } from '../case.ts';
import type { PluginHarness } from '../plugin-harness.ts';
import type { PluginUnderTest } from '../plugin-under-test.ts';
import type { Opened } from '../run/run-case.ts';
import { detectRole } from './detect-role.ts';
import { createPluginHarness } from './plugin-harness.ts';
import { openSandbox, type Sandbox, thisMachine } from './sandbox.ts';

export interface PluginRunOptions {
  /** Of the specification that is to be held; default: the newest that the plugin lists. */
  readonly version?: CniVersion;
  /** Works in the namespaces that this process is in, for a plugin whose daemon is there. */
  readonly here?: boolean;
}

/** A plugin that answers, known well enough to be tried. */
export interface PluginRun {
  readonly type: string;
  readonly role: Role;
  readonly version: CniVersion;
  readonly supportedVersions: readonly string[];
  /** A harness for one case. */
  open(): Promise<Opened<PluginHarness>>;
}

/**
 * Asks the plugin for its versions and finds out what it is in a list. Throws Error that says what to do when it does
 * not answer VERSION, knows no version that we know, or is of no role.
 */
export async function openPlugin(
  plugin: PluginUnderTest,
  { version: wanted, here = false }: PluginRunOptions = {},
): Promise<PluginRun> {
  const rootless = process.getuid?.() !== 0 || (await isMappedUser());
  const open = async (
    role: Role,
    version: CniVersion,
    supportedVersions: readonly string[],
  ): Promise<Opened<PluginHarness>> => {
    const sandbox = here ? thisMachine() : await openSandbox();
    try {
      if (!here) await prepare(sandbox, plugin);
      const options = { role, version, supportedVersions, rootless };
      const harness = createPluginHarness(sandbox, plugin, options);
      return {
        harness,
        evidence: harness.evidence,
        [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
      };
    } catch (error) {
      await sandbox[Symbol.asyncDispose]();
      throw error;
    }
  };
  const supportedVersions = await askVersions(plugin, () => open('interface', '1.0.0', []));
  const usable = known.filter((each) => supportedVersions.includes(each));
  const version = wanted ?? usable.sort(compareVersions).at(-1);
  if (version === undefined) {
    throw new Error(
      `${plugin.bin} lists no version that is known here: ${supportedVersions.join(', ')}`,
    );
  }
  if (!supportedVersions.includes(version)) {
    throw new Error(
      `${plugin.bin} does not list ${version}: it lists ${supportedVersions.join(', ')}`,
    );
  }
  const role =
    plugin.hints.role ?? (await detectRole((each) => open(each, version, supportedVersions)));
  return {
    type: basename(plugin.bin),
    ...{ role, version, supportedVersions },
    open: () => open(role, version, supportedVersions),
  };
}

async function prepare(
  sandbox: Sandbox,
  { hints: { setup, daemon } }: PluginUnderTest,
): Promise<void> {
  for (const line of setup) {
    const { exitCode, stderr } = await sandbox.exec(['sh', '-c', line]);
    if (exitCode !== 0) throw new Error(`setup failed: ${line}: ${stderr.trim()}`);
  }
  if (!daemon) return;
  // It ends with the sandbox, whose first process is its parent then.
  await sandbox.exec([
    'sh',
    '-c',
    `{ ${daemon.start}\n} >/run/cni-conformance/daemon.log 2>&1 </dev/null &`,
  ]);
  const until = performance.now() + 20_000;
  while ((await sandbox.exec(['sh', '-c', daemon.ready])).exitCode !== 0) {
    if (performance.now() > until) {
      const log = await sandbox.exec(['tail', '-n', '20', '/run/cni-conformance/daemon.log']);
      throw new Error(`the daemon is not ready after 20 s: ${daemon.ready}\n${log.stdout}`);
    }
    await sleep(20);
  }
}

async function askVersions(
  { bin }: PluginUnderTest,
  open: () => Promise<Opened<PluginHarness>>,
): Promise<readonly string[]> {
  await using opened = await open();
  const call = await opened.harness.call('VERSION');
  const listed = (call.document as { supportedVersions?: unknown } | undefined)?.supportedVersions;
  if (Array.isArray(listed) && listed.some(isCniVersion)) return listed.map(String);
  throw new Error(
    `${bin} does not answer VERSION with supportedVersions (exit ${call.exitCode}: ${(call.stdout || call.stderr).trim().slice(0, 200)}); is it a CNI plugin?`,
  );
}

/** Root of a user namespace of his own: not of the machine. */
async function isMappedUser(): Promise<boolean> {
  const { readFile } = await import('node:fs/promises');
  const map = await readFile('/proc/self/uid_map', 'utf8').catch(() => '');
  return !/^\s*0\s+0\s+4294967295/.test(map);
}

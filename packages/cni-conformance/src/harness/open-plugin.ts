import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  type CniVersion,
  compareVersions,
  isCniVersion,
  supportedVersions as known,
} from '@vcn-cni/cni-spec';
import type { Role } from '../case.ts';
import { Finding } from '../judge/finding.ts';
import type { PluginHarness } from '../plugin-harness.ts';
import type { PluginUnderTest } from '../plugin-under-test.ts';
import type { Opened } from '../run/run-case.ts';
import { detectRole } from './detect-role.ts';
import { createPluginHarness } from './plugin-harness.ts';
import { thisMachine } from './sandbox.ts';
import { createSandboxStock, removeNamespaces, type SandboxStock } from './sandbox-stock.ts';

export interface PluginRunOptions {
  /** Of the specification that is to be held; default: the newest that the plugin lists. */
  readonly version?: CniVersion;
  /** Of the configuration: without `version`, the newest of them that the plugin lists, if it lists one. */
  readonly preferred?: readonly string[];
  /** Works in the namespaces that this process is in, for a plugin whose daemon is there. */
  readonly here?: boolean;
}

/** A plugin that answers, known well enough to be tried. Disposing of it ends the sandboxes that wait. */
export interface PluginRun extends AsyncDisposable {
  readonly type: string;
  readonly role: Role;
  readonly version: CniVersion;
  readonly supportedVersions: readonly string[];
  /** A harness for one case. */
  open(): Promise<Opened<PluginHarness>>;
}

/**
 * Asks the plugin for its versions and finds out what it is in a list. Throws Finding `no-versions` when it does not
 * answer VERSION, and Error that says what to do when it knows no version that we know, or is of no role.
 */
export async function openPlugin(
  plugin: PluginUnderTest,
  { version: wanted, preferred = [], here = false }: PluginRunOptions = {},
): Promise<PluginRun> {
  const rootless = process.getuid?.() !== 0 || (await isMappedUser());
  const stock = here ? thisMachineOnly : createSandboxStock(plugin.hints);
  const open = async (
    role: Role,
    version: CniVersion,
    supportedVersions: readonly string[],
  ): Promise<Opened<PluginHarness>> => {
    const { sandbox, giveBack } = await stock.take();
    const options = { role, version, supportedVersions, rootless };
    const harness = createPluginHarness(sandbox, plugin, options);
    return {
      harness,
      evidence: harness.evidence,
      async [Symbol.asyncDispose]() {
        if (here || plugin.hints.daemon) await harness.deleteRest();
        await giveBack(harness.containers);
      },
    };
  };
  const supportedVersions = await askVersions(plugin, () => open('interface', '1.0.0', []));
  const usable = known.filter((each) => supportedVersions.includes(each)).sort(compareVersions);
  const version = wanted ?? usable.findLast((each) => preferred.includes(each)) ?? usable.at(-1);
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
    [Symbol.asyncDispose]: () => stock[Symbol.asyncDispose](),
  };
}

const thisMachineOnly: SandboxStock = {
  async take() {
    const sandbox = thisMachine();
    return { sandbox, giveBack: (containers) => removeNamespaces(sandbox, containers) };
  },
  [Symbol.asyncDispose]: async () => {},
};

async function askVersions(
  { bin, hints }: PluginUnderTest,
  open: () => Promise<Opened<PluginHarness>>,
): Promise<readonly string[]> {
  await using opened = await open();
  const call = await opened.harness.call('VERSION');
  const listed = (call.document as { supportedVersions?: unknown } | undefined)?.supportedVersions;
  if (Array.isArray(listed) && listed.some(isCniVersion)) return listed.map(String);
  const said = (call.stdout || call.stderr).trim().slice(0, 200);
  const ended = call.timedOut
    ? `stopped after ${hints.deadlineSeconds} s`
    : `exit ${call.exitCode ?? call.signal}: ${said}`;
  throw new Finding(
    'no-versions',
    `${bin} does not answer VERSION with supportedVersions (${ended}); is it a CNI plugin?`,
  );
}

/** Root of a user namespace of his own: not of the machine. */
async function isMappedUser(): Promise<boolean> {
  const map = await readFile('/proc/self/uid_map', 'utf8').catch(() => '');
  return !/^\s*0\s+0\s+4294967295/.test(map);
}

import { type CniVersion, compareVersions, supportedVersions } from '@vcn-cni/cni-spec';
import type { Opened } from '../run/run-case.ts';
import {
  operations as all,
  type Operation,
  type ProbeCall,
  type RuntimeAttachment,
  type RuntimeHarness,
  type Takes,
} from '../runtime-harness.ts';
import { markedAnswer } from '../runtime-probe.ts';
import type { RuntimeUnderTest } from '../runtime-under-test.ts';
import { emptyRuntimeFolders, makeRuntimeFolders } from './runtime-folders.ts';
import { createRuntimeHarness, probeRecords } from './runtime-harness.ts';
import { createSandboxStock } from './sandbox-stock.ts';

export interface RuntimeRunOptions {
  /** Of the specification that is to be held; default: the newest in which an ADD succeeds. */
  readonly version?: CniVersion;
}

/** A runtime that does an ADD, known well enough to be tried. Disposing of it ends the sandboxes that wait. */
export interface RuntimeRun extends AsyncDisposable {
  readonly version: CniVersion;
  readonly operations: ReadonlySet<Operation>;
  readonly takes: Takes;
  /** A harness for one case. */
  open(): Promise<Opened<RuntimeHarness>>;
}

const takesAll: Takes = {
  ...{ id: true, netns: true, ifname: true },
  ...{ args: true, capabilities: true, valid: true },
};

/**
 * Tries an ADD and finds out in which version of the specification the runtime does it, and what it takes from its
 * caller. Throws Error that says what to do when no command was given for add or del, or no ADD reaches a plugin.
 */
export async function openRuntime(
  runtime: RuntimeUnderTest,
  { version: wanted }: RuntimeRunOptions = {},
): Promise<RuntimeRun> {
  const { commands, hints } = runtime;
  for (const needed of ['add', 'del'] as const) {
    if (commands[needed] === undefined) throw new Error(`the command for ${needed} is missing`);
  }
  const operations = new Set(all.filter((each) => commands[each] !== undefined));
  const stock = createSandboxStock({ ...hints, setup: [makeRuntimeFolders, ...hints.setup] });
  const open = async (version: CniVersion, takes: Takes): Promise<Opened<RuntimeHarness>> => {
    const { sandbox, giveBack } = await stock.take();
    const harness = createRuntimeHarness(sandbox, runtime, { version, operations, takes });
    return {
      harness,
      evidence: harness.evidence,
      async [Symbol.asyncDispose]() {
        if (hints.daemon) await emptyRuntimeFolders(sandbox, probeRecords);
        await giveBack(harness.containers);
      },
    };
  };

  const versions = wanted ? [wanted] : supportedVersions.toSorted(compareVersions).reverse();
  const said: string[] = [];
  for (const version of versions) {
    await using opened = await open(version, takesAll);
    const attempt = await tryAdd(opened.harness);
    if (!('call' in attempt)) {
      said.push(`${version}: ${attempt.said}`);
      continue;
    }
    const takes: Takes = {
      ...takenOf(attempt.call, attempt.attachment),
      valid: /\bVALID(?:_ATTACHMENTS)?\b/.test(commands.gc ?? ''),
    };
    return {
      ...{ version, operations, takes },
      open: () => open(version, takes),
      [Symbol.asyncDispose]: () => stock[Symbol.asyncDispose](),
    };
  }
  await stock[Symbol.asyncDispose]();
  throw new Error(
    `the command for add does no ADD; run it by hand with a list in $CNI_CONF_DIR\n${said.join('\n')}`,
  );
}

const asked = { args: 'IgnoreUnknown=1;CONFORMANCE=yes', mac: '02:00:00:00:07:07' } as const;

async function tryAdd(
  on: RuntimeHarness,
): Promise<{ call: ProbeCall; attachment: RuntimeAttachment } | { said: string }> {
  await on.probe('conformance-probe', { ADD: markedAnswer(on.version, 7) });
  const plugin = { type: 'conformance-probe', capabilities: { mac: true } };
  await on.network({ name: 'net', plugins: [plugin] });
  const attachment = await on.attachment('net', { id: 'conformance-id', ifname: 'net7' });
  const environment = { CNI_ARGS: asked.args, CAP_ARGS: JSON.stringify({ mac: asked.mac }) };
  const { exitCode, stdout, stderr } = await on.operate('add', attachment, { environment });
  const call = (await on.calls()).find(({ verb }) => verb === 'ADD');
  if (exitCode === 0 && call) return { call, attachment };
  const words = (stderr.trim() || stdout.trim()).slice(0, 300);
  return { said: `exit ${exitCode}${call ? '' : ', no plugin was executed'}: ${words}` };
}

const takenOf = (
  { environment, config }: ProbeCall,
  { id, netns, ifname }: RuntimeAttachment,
): Omit<Takes, 'valid'> => ({
  id: environment['CNI_CONTAINERID'] === id,
  netns: environment['CNI_NETNS'] === netns,
  ifname: environment['CNI_IFNAME'] === ifname,
  args: environment['CNI_ARGS']?.includes('CONFORMANCE=yes') ?? false,
  capabilities: JSON.stringify(config?.['runtimeConfig'] ?? null).includes(asked.mac),
});

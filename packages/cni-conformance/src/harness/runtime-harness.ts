import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type CniVersion, printJson, supportedVersions } from '@vcn-cni/cni-spec';
import type { Delegate } from '../delegate.ts';
import type { Evidence } from '../evidence.ts';
import { Skip } from '../judge/skip.ts';
import type { Container } from '../plugin-harness.ts';
import type {
  Operation,
  ProbeCall,
  RuntimeAttachment,
  RuntimeHarness,
  Takes,
} from '../runtime-harness.ts';
import type { RuntimeUnderTest } from '../runtime-under-test.ts';
import { createRecorder } from './recorder.ts';
import { runtimeFolders } from './runtime-folders.ts';
import type { Sandbox } from './sandbox.ts';
import { ownFolder, sandboxByHand } from './sandbox-script.ts';
import { scriptedPlugin } from './scripted-plugin.ts';
import { commandText, quoted } from './shell-text.ts';

export interface RuntimeHarnessOptions {
  readonly version: CniVersion;
  readonly operations: ReadonlySet<Operation>;
  readonly takes: Takes;
}

/** What probes keep of their calls. */
export const probeRecords = `${ownFolder}/scripts`;

const versionAnswer = printJson({ cniVersion: '1.1.0', supportedVersions });

/** What a case does to a runtime, done in a sandbox, with the evidence of it so far. */
export function createRuntimeHarness(
  sandbox: Sandbox,
  { commands, folder = '/', hints }: RuntimeUnderTest,
  { version, operations, takes }: RuntimeHarnessOptions,
): RuntimeHarness & {
  readonly evidence: readonly Evidence[];
  readonly containers: readonly Container[];
} {
  const recorder = createRecorder();
  recorder.note(`in a sandbox, as of: ${sandboxByHand}`);
  const { configuration, plugins } = runtimeFolders;
  const probes = new Map<string, Delegate>();
  const containers: Container[] = [];

  const file = async (path: string, text: string) => {
    const place = join(configuration, path);
    const here = join(sandbox.root, place);
    await mkdir(dirname(here), { recursive: true });
    await writeFile(here, text);
    recorder.note(commandText({}, ['tee', place], text));
  };
  const sh = async (line: string) => {
    const done = await sandbox.exec(['sh', '-c', line]);
    recorder.command(line, done);
    return { exitCode: done.exitCode ?? -1, stdout: done.stdout, stderr: done.stderr };
  };

  const noted = new Set<string>();
  const calls = async (): Promise<readonly ProbeCall[]> => {
    const seen = await Promise.all(
      [...probes.values()].map(async (probe) =>
        (await probe.calls()).map((call) => ({ ...call, plugin: probe.name })),
      ),
    );
    const all = seen
      .flat()
      .filter(({ verb }) => verb !== 'VERSION')
      .sort((a, b) => a.beganMs - b.beganMs);
    for (const call of all) {
      const key = `${call.plugin} ${call.beganMs}`;
      if (!noted.has(key)) recorder.note(`the runtime executed: ${executionText(call)}`);
      noted.add(key);
    }
    return all;
  };
  /** As plugins know them: the runtime may have ids of its own. */
  const namesOf = async (attachments: readonly RuntimeAttachment[]) => {
    if (takes.id && takes.ifname) return attachments;
    const added = (await calls()).filter(({ verb }) => verb === 'ADD');
    return attachments.map((attachment) => {
      const { CNI_CONTAINERID: id = attachment.id, CNI_IFNAME: ifname = attachment.ifname } =
        added.find((call) => isOf(call, attachment, takes))?.environment ?? {};
      return { id, ifname };
    });
  };

  return {
    ...{ version, operations, takes, file, sh, calls },
    evidence: recorder.evidence,
    containers,
    note: recorder.note,
    async network(list, options = {}) {
      const text = typeof list === 'string' ? list : printJson({ cniVersion: version, ...list }, 2);
      const name = typeof list === 'string' ? 'net' : String(list['name']);
      await file(options.file ?? `10-${name}.conflist`, text);
    },
    async probe(name, script = {}) {
      const answers = { VERSION: { stdout: versionAnswer }, ...script };
      const place = { root: sandbox.root, bin: plugins, folder: probeRecords };
      const probe = await scriptedPlugin(place, name, answers);
      probes.set(name, probe);
      return {
        ...probe,
        answer: (next) => probe.answer({ VERSION: { stdout: versionAnswer }, ...next }),
      };
    },
    async attachment(network, { id, ifname = 'eth0', netns } = {}) {
      const name = `c${containers.length + 1}`;
      const own = { id: id ?? `container-${containers.length + 1}`, ifname };
      if (netns !== undefined) return { network, ...own, netns };
      const container: Container = { name, ...own, netns: `/run/netns/${name}` };
      containers.push(container);
      const made = await sh(`ip netns add ${name}`);
      if (made.exitCode !== 0) throw new Error(`cannot make a namespace: ${made.stderr.trim()}`);
      return { network, ...own, netns: container.netns };
    },
    async operate(operation, attachment, { environment = {}, valid = [] } = {}) {
      const line = commands[operation];
      if (line === undefined) throw new Skip(`no command was given for ${operation}`);
      const stays = operation === 'gc' ? listed(await namesOf(valid)) : {};
      const variables = { ...variablesOf(attachment), ...stays, ...environment };
      const done = await sandbox.exec(['sh', '-c', `cd ${quoted(folder)} && ${line}`], {
        environment: { ...ofCaller(), ...hints.environment, ...variables },
        deadlineMs: hints.deadlineSeconds * 1000,
      });
      recorder.command(commandText(variables, ['sh', '-c', line]), done);
      return { exitCode: done.exitCode ?? -1, stdout: done.stdout, stderr: done.stderr };
    },
  };
}

const variablesOf = ({ network, id, netns, ifname }: RuntimeAttachment) => ({
  NETWORK: network,
  CONTAINER_ID: id,
  NETNS: netns,
  IFNAME: ifname,
  CNI_IFNAME: ifname,
  CNI_CONF_DIR: runtimeFolders.configuration,
  NETCONFPATH: runtimeFolders.configuration,
  CNI_PATH: runtimeFolders.plugins,
});

const executionText = ({ plugin, environment, stdin }: ProbeCall): string => {
  const ofCall = Object.entries(environment).filter(([name]) => name.startsWith('CNI_'));
  return commandText(Object.fromEntries(ofCall), [join(runtimeFolders.plugins, plugin)], stdin);
};

type Name = Pick<RuntimeAttachment, 'id' | 'ifname'>;

const listed = (valid: readonly Name[]) => ({
  VALID_ATTACHMENTS: printJson(valid.map(({ id, ifname }) => ({ containerID: id, ifname }))),
  VALID: valid.map(({ id, ifname }) => `${id}/${ifname}`).join(' '),
});

/** Whether a call is for an attachment, as far as the runtime takes from us what it is. */
const isOf = (
  { environment }: ProbeCall,
  { id, netns, ifname }: RuntimeAttachment,
  takes: Takes,
): boolean =>
  (!takes.id || environment['CNI_CONTAINERID'] === id) &&
  (!takes.netns || environment['CNI_NETNS'] === netns) &&
  (!takes.ifname || environment['CNI_IFNAME'] === ifname);

/** So that a command is found which the caller's shell finds. */
const ofCaller = (): Record<string, string> =>
  Object.fromEntries(
    ['PATH', 'HOME'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

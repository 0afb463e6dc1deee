import { basename, dirname } from 'node:path';
import { type CniVersion, convertResult, printJson } from '@vcn-cni/cni-spec';
import type { Role } from '../case.ts';
import type { Evidence, JsonObject } from '../evidence.ts';
import type { CallChange, Container, PluginHarness } from '../plugin-harness.ts';
import type { PluginUnderTest } from '../plugin-under-test.ts';
import { baseAttachment } from './base-attachment.ts';
import { readState } from './read-state.ts';
import { createRecorder } from './recorder.ts';
import { type Sandbox, searchPath } from './sandbox.ts';
import { ownFolder, sandboxByHand } from './sandbox-script.ts';
import { scriptedPlugin } from './scripted-plugin.ts';
import { commandText, quoted } from './shell-text.ts';
import { soleDocument } from './sole-document.ts';

export interface HarnessOptions {
  readonly role: Role;
  readonly version: CniVersion;
  readonly supportedVersions: readonly string[];
  readonly rootless: boolean;
}

/** What a case does to a plugin, done in a sandbox, with the evidence of it so far. */
export function createPluginHarness(
  sandbox: Sandbox,
  { bin, config: given, cniPath, hints }: PluginUnderTest,
  { role, version, supportedVersions, rootless }: HarnessOptions,
): PluginHarness & {
  readonly evidence: readonly Evidence[];
  readonly containers: readonly Container[];
  /** DEL for what had ADD and no DEL: where a daemon remembers, the next case would find it. */
  deleteRest(): Promise<void>;
} {
  const recorder = createRecorder();
  if (sandbox.root !== '') recorder.note(`in a sandbox, as of: ${sandboxByHand}`);
  const config: JsonObject = { ...given, cniVersion: version };
  const delegates = `${ownFolder}/delegates`;
  const deadlineMs = hints.deadlineSeconds * 1000;
  const run = `${process.pid.toString(36)}${Math.random().toString(36).slice(2, 6)}`;
  const containers: Container[] = [];
  const added = new Map<string, { container: Container; change: CallChange }>();

  const variablesOf = (verb: string, container?: Container) => ({
    CNI_COMMAND: verb,
    ...(container && {
      CNI_CONTAINERID: container.id,
      CNI_NETNS: container.netns,
      CNI_IFNAME: container.ifname,
    }),
    CNI_PATH: [...new Set([delegates, ...cniPath, dirname(bin)])].join(':'),
    ...hints.environment,
  });
  const sh = async (where: 'host' | Container, line: string) => {
    const command = where === 'host' ? line : `nsenter --net=${where.netns} sh -c ${quoted(line)}`;
    const done = await sandbox.exec(
      ['sh', '-c', line],
      where === 'host' ? {} : { netns: where.netns },
    );
    recorder.command(command, done);
    return { exitCode: done.exitCode ?? -1, stdout: done.stdout, stderr: done.stderr };
  };
  const must = async (line: string) => {
    const { exitCode, stderr } = await sh('host', line);
    if (exitCode !== 0) throw new Error(`cannot prepare: ${line}: ${stderr.trim()}`);
  };

  return {
    ...{ role, version, supportedVersions, config, hints, rootless },
    isolated: sandbox.root !== '',
    type: basename(bin),
    evidence: recorder.evidence,
    containers,
    note: recorder.note,
    sh,
    async container({
      id,
      ifname = role === 'loopback' ? 'lo' : 'eth0',
      version: shape = version,
    } = {}) {
      const number = containers.length + 1;
      // On this machine itself a name must be nobody else's.
      const name = sandbox.root === '' ? `conformance-${run}-${number}` : `c${number}`;
      const container: Container = {
        ...{ name, ifname },
        id: id ?? `${run}-container-${number}`,
        netns: `/run/netns/${name}`,
      };
      containers.push(container);
      await must(`ip netns add ${name}`);
      if (role !== 'chained') return container;
      const { commands, result } = baseAttachment(number, container);
      await must(commands.join(' && '));
      const prevResult = convertResult({ ...result, cniVersion: '1.0.0' }, shape).document;
      return { ...container, prevResult };
    },
    async call(verb, container, change: CallChange = {}) {
      const variables = Object.fromEntries(
        Object.entries({ ...variablesOf(verb, container), ...change.environment }).filter(
          (entry): entry is [string, string] => entry[1] !== undefined,
        ),
      );
      const { prevResult } = container ?? {};
      const asked = { ...config, ...(prevResult && { prevResult }), ...change.config };
      const stdin =
        change.stdin ?? (verb === 'VERSION' ? versionRequest(version) : printJson(asked));
      const done = await sandbox.exec([bin], {
        ...{ environment: { PATH: searchPath, ...variables }, stdin, deadlineMs },
        ...(change.killAfterMs !== undefined && { killAfterMs: change.killAfterMs }),
      });
      recorder.command(commandText(variables, [bin], stdin), done);
      if (container && verb === 'ADD') added.set(attachmentOf(container), { container, change });
      if (container && verb === 'DEL' && done.exitCode === 0) added.delete(attachmentOf(container));
      const document = soleDocument(done.stdout);
      return { verb, ...done, ...(document !== undefined && { document }) };
    },
    async deleteRest() {
      for (const { container, change } of added.values()) {
        const stdin = change.stdin ?? printJson({ ...config, ...change.config });
        const environment = { PATH: searchPath, ...variablesOf('DEL', container) };
        await sandbox.exec([bin], { environment, stdin, deadlineMs });
      }
      added.clear();
    },
    state: (...named) => readState(sandbox, named, hints.state),
    delegate: (name, script) =>
      scriptedPlugin(
        { root: sandbox.root, bin: delegates, folder: `${ownFolder}/scripts` },
        name,
        script,
      ),
  };
}

const attachmentOf = ({ id, netns, ifname }: Container): string => `${id} ${netns} ${ifname}`;

const versionRequest = (version: string): string => JSON.stringify({ cniVersion: version });

/** The command line of `cni`. */
import { join } from 'node:path';
import { printJson } from '@vcn-cni/cni-spec';
import { Command, InvalidArgumentError, Option } from 'commander';
import { loadNetwork } from '../load/load-network.ts';
import type { OperationOptions } from '../operation/operation-options.ts';
import type { ProcessEnvironment } from '../plugin-environment.ts';
import type { ValidAttachment } from '../plugin-request.ts';
import { createRuntime, type Runtime } from '../runtime.ts';
import { attachmentOf, configurationFolder, pluginFolders } from './variables.ts';

export interface ProgramDeps {
  version: string;
  environment: ProcessEnvironment;
  /** Aborted when the person at the terminal gives up. */
  signal: AbortSignal;
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

interface Flags {
  cacheDir: string;
  timeout?: number;
  ifname?: string;
  undo?: boolean;
  valid?: ValidAttachment[];
  noneValid?: boolean;
}

const variables = `
Variables:
  NETCONFPATH  folder of network configurations (default /etc/cni/net.d)
  CNI_PATH     folders of plugins, between colons
  CNI_IFNAME   name of the interface in the container (default eth0); -i counts more
  CNI_ARGS     KEY=value;KEY=value, given to the plugins
  CAP_ARGS     JSON object of capabilities, such as {"portMappings":[...]}`;

export function cniProgram(deps: ProgramDeps): Command {
  const program = new Command('cni')
    .description('add a network namespace to a CNI network, check it, delete it')
    .version(deps.version)
    .addHelpText('after', variables);

  const add = (name: string, description: string, namespace = '<netns>') =>
    program
      .command(name)
      .description(description)
      .argument('<net>', 'name of the network, as its configuration has it')
      .argument(namespace, 'path of the network namespace')
      .option('-i, --ifname <name>', 'name of the interface in the container')
      .option('--cache-dir <folder>', 'where results of ADD are kept', '/var/lib/cni')
      .option('--timeout <seconds>', 'kill a plugin that does not answer in time', seconds);

  /** What every command begins with. */
  const open = async (net: string, { cacheDir, timeout }: Flags) => ({
    list: await loadNetwork(configurationFolder(deps.environment), net),
    runtime: runtimeOf(deps, cacheDir),
    options: {
      signal: deps.signal,
      ...(timeout === undefined ? {} : { timeout: timeout * 1000 }),
    } satisfies OperationOptions,
  });

  add('add', 'add the namespace to the network; prints the result')
    .option('--undo', 'delete what a failed ADD has left')
    .action(async (net: string, netns: string, flags: Flags) => {
      const { list, runtime, options } = await open(net, flags);
      const attachment = attachmentOf(netns, deps.environment, flags.ifname);
      const result = await runtime.add(list, attachment, { ...options, undo: flags.undo ?? false });
      deps.stdout.write(printJson(result, 4));
    });
  add('check', 'check that the namespace is on the network as it was added').action(
    async (net: string, netns: string, flags: Flags) => {
      const { list, runtime, options } = await open(net, flags);
      await runtime.check(list, attachmentOf(netns, deps.environment, flags.ifname), options);
    },
  );
  add('del', 'delete the namespace from the network').action(
    async (net: string, netns: string, flags: Flags) => {
      const { list, runtime, options } = await open(net, flags);
      await runtime.del(list, attachmentOf(netns, deps.environment, flags.ifname), options);
    },
  );
  add('gc', 'delete attachments whose namespace is gone, or all that are not valid', '[netns]')
    .option('--valid <id/ifname...>', 'what stays, and nothing else of the network', validOne)
    .addOption(
      new Option('--none-valid', 'nothing stays: delete every attachment of the network').conflicts(
        'valid',
      ),
    )
    .action(async (net: string, _netns: string | undefined, flags: Flags) => {
      const { list, runtime, options } = await open(net, flags);
      const valid = flags.noneValid ? [] : (flags.valid ?? null);
      const { deleted, unreadable } = await runtime.gc(list, { ...options, valid });
      for (const one of deleted) deps.stderr.write(`deleted ${one.containerId}/${one.ifname}\n`);
      for (const { message } of unreadable) deps.stderr.write(`skipped: ${message}\n`);
    });
  add('status', 'ask whether an ADD could be served', '[netns]').action(
    async (net: string, _netns: string | undefined, flags: Flags) => {
      const { list, runtime, options } = await open(net, flags);
      await runtime.status(list, options);
    },
  );
  return program;
}

function runtimeOf({ environment, stderr }: ProgramDeps, cacheDirectory: string): Runtime {
  return createRuntime({
    path: pluginFolders(environment),
    cacheDirectory,
    lockDirectory: join(cacheDirectory, 'locks'),
    environment,
    onStderr: (text) => stderr.write(text),
  });
}

function seconds(text: string): number {
  const value = Number(text);
  if (value > 0 && value < 1e6) return value;
  throw new InvalidArgumentError('expected seconds, such as 30');
}

/** `id/ifname`; an interface name holds no slash. */
function validOne(text: string, before: ValidAttachment[] = []): ValidAttachment[] {
  const slash = text.indexOf('/');
  if (slash < 1 || slash === text.length - 1) {
    throw new InvalidArgumentError('expected container id and interface, such as c1/eth0');
  }
  return [...before, { containerId: text.slice(0, slash), ifname: text.slice(slash + 1) }];
}

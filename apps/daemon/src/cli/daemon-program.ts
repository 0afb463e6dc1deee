/** The command line of `vcn-cnid`. */
import { Command, Option } from 'commander';
import { loadConfig } from '../config/load.ts';
import { configMarkdown } from '../config/markdown.ts';
import type { Config } from '../config/schema.ts';
import { listSettings } from '../config/setting.ts';
import { createCtlClient } from '../ctl/client.ts';
import type { StatusReport } from '../ctl/state.ts';
import {
  chooseChain,
  type InstallPlaces,
  installConflist,
  installPlugin,
  uninstall,
  untilReady,
} from '../install/install.ts';
import { addSettingOptions, readSettingOptions } from './setting-options.ts';

export interface DaemonProgramDeps {
  version: string;
  environment: Record<string, string | undefined>;
  stdout: { write(text: string): unknown };
  /** Runs the daemon until it is told to stop. */
  run(config: Config, options: RunOptions): Promise<void>;
  /** The plugin that is installed where none is named. */
  defaultPlugin(): Promise<string | undefined>;
}

export interface RunOptions {
  waitLock: boolean;
  /** Where network configurations are, for the doctor. */
  confDirectory: string;
  /** Called once executions are served, with a signal that says when to give up. */
  onServing?: (signal: AbortSignal) => Promise<void>;
}

interface InstallFlags {
  binDir: string;
  confDir: string;
  plugin?: string;
  chain?: string;
}

export function daemonProgram(deps: DaemonProgramDeps): Command {
  const settings = listSettings();
  const program = new Command('vcn-cnid')
    .description('node daemon of the VCN-native pod network: gives pods addresses of the VCN')
    .version(deps.version);

  const configOf = (command: Command) =>
    loadConfig({ ...readSettingOptions(command, settings), environment: deps.environment });

  const run = program
    .command('run')
    .description('serve the plugin until SIGTERM or SIGINT')
    .option('--wait-lock', 'wait while another vcn-cnid runs and take over when it stops', false)
    .option(
      '--install',
      'install the plugin at start, its configuration once an ADD could be served',
      false,
    );
  addInstallOptions(run);
  addSettingOptions(run, settings).action(async (flags: RunFlags, command: Command) => {
    const config = await configOf(command);
    const options = { waitLock: flags.waitLock, confDirectory: flags.confDir };
    if (!flags.install) return deps.run(config, options);
    const places = placesOf(flags);
    await installPlugin(places, await pluginOf(flags, deps));
    const chain = await chooseChain(places, chainOf(flags));
    return deps.run(config, {
      ...options,
      onServing: async (signal) => {
        await untilReady(() => askReadiness(config.ctlSocket), signal);
        await installConflist(places, chain);
      },
    });
  });

  const install = program
    .command('install')
    .description(
      'install the plugin, then wait until the running daemon could serve an ADD and install its configuration',
    )
    .option('--timeout <seconds>', 'how long to wait for the daemon', '60');
  addInstallOptions(install);
  addSettingOptions(install, settings).action(
    async (flags: InstallFlags & { timeout: string }, command: Command) => {
      const { ctlSocket } = await configOf(command);
      const places = placesOf(flags);
      await installPlugin(places, await pluginOf(flags, deps));
      const chain = await chooseChain(places, chainOf(flags));
      const deadline = AbortSignal.timeout(Number(flags.timeout) * 1000);
      await untilReady(() => askReadiness(ctlSocket), deadline);
      await installConflist(places, chain);
    },
  );

  addPlaceOptions(
    program
      .command('uninstall')
      .description('take the network configuration away, then the plugin')
      .option(
        '--keep-plugin',
        'leave the plugin, so that running pods can still be deleted',
        false,
      ),
  ).action((flags: InstallFlags & { keepPlugin: boolean }) =>
    uninstall(placesOf(flags), flags.keepPlugin),
  );

  addSettingOptions(
    program
      .command('config')
      .description('print the configuration that would be used, as JSON')
      .option('--markdown', 'print the reference of every key instead', false),
    settings,
  ).action(async ({ markdown }: { markdown: boolean }, command: Command) => {
    const text = markdown
      ? configMarkdown(settings)
      : `${JSON.stringify(await configOf(command), null, 2)}\n`;
    deps.stdout.write(text);
  });

  return program;
}

type RunFlags = InstallFlags & { waitLock: boolean; install: boolean };

function addPlaceOptions(command: Command): Command {
  return command
    .option('--bin-dir <directory>', 'where the runtime looks for plugins', '/opt/cni/bin')
    .option(
      '--conf-dir <directory>',
      'where it looks for network configurations',
      '/etc/cni/net.d',
    );
}

function addInstallOptions(command: Command): void {
  addPlaceOptions(command)
    .option('--plugin <file>', 'the oci-vcn binary to install (default: the one of this package)')
    .addOption(
      new Option(
        '--chain <a,b,...>',
        'plugins that follow ours: portmap, bandwidth; empty for none (default: portmap where it is installed)',
      ),
    );
}

const placesOf = ({ binDir, confDir }: InstallFlags): InstallPlaces => ({
  binDirectory: binDir,
  confDirectory: confDir,
});

const chainOf = ({ chain }: InstallFlags) => chain?.split(',').filter((name) => name !== '');

async function pluginOf({ plugin }: InstallFlags, deps: DaemonProgramDeps): Promise<string> {
  const found = plugin ?? (await deps.defaultPlugin());
  if (found === undefined)
    throw new Error('no oci-vcn binary was found beside this package; name it with --plugin FILE');
  return found;
}

async function askReadiness(ctlSocket: string): Promise<{ ready: boolean; reason?: string }> {
  try {
    return (await createCtlClient(ctlSocket, 5_000).call('GET', '/v1/status')) as StatusReport;
  } catch (error) {
    return { ready: false, reason: (error as Error).message };
  }
}

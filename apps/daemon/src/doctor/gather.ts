/** Reads the facts that the checks look at. Whatever cannot be read is left out: a doctor must not fall ill. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ActualState } from '@vcn-cni/netlink';
import type { HostSettings } from '@vcn-cni/pod-network';
import type { Config } from '../config/schema.ts';
import { conflistName } from '../install/conflist.ts';
import type { HostFacts } from './facts.ts';

const run = promisify(execFile);

export interface GatherDeps {
  snapshot(): Promise<ActualState>;
  nftables(): Promise<{ available: boolean; reason?: string }>;
  daemon(): Promise<HostFacts['daemon']>;
}

export interface GatherOptions {
  settings: HostSettings;
  filter: Config['filter'];
  forwardAccept: boolean;
  blocks: readonly string[];
  primary?: string;
  confDirectory: string;
}

export async function gatherFacts(options: GatherOptions, deps: GatherDeps): Promise<HostFacts> {
  const network = await attempt(deps.snapshot());
  const primary =
    options.primary ??
    network?.routes.find(
      ({ destination, table }) => destination === '0.0.0.0/0' && (table ?? 254) === 254,
    )?.link;
  const [sysctls, nftables, saves, processes, configuration, files, daemon] = await Promise.all([
    readSysctls(primary),
    deps.nftables().catch((error: Error) => ({ available: false, reason: error.message })),
    readSaves(),
    readProcesses(),
    readNetworkd(),
    attempt(readdir(options.confDirectory)),
    deps.daemon(),
  ]);
  const kubeProxy = processes.find(({ name }) => name === 'kube-proxy');
  return {
    settings: options.settings,
    blocks: options.blocks,
    ...(primary !== undefined && { primary }),
    ...(network && { network }),
    sysctls,
    filter: { nftables, saves, wanted: options.filter, forwardAccept: options.forwardAccept },
    ...(kubeProxy && { kubeProxy: kubeProxy.command }),
    networkd: {
      running: processes.some(({ name }) => name === 'systemd-networkd'),
      configuration,
    },
    ...(files && {
      netConfigs: {
        directory: options.confDirectory,
        files: files.filter((name) => /\.(conf|conflist|json)$/.test(name)).sort(),
        ours: conflistName,
      },
    }),
    daemon,
  };
}

async function attempt<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch {
    return undefined;
  }
}

async function readSysctls(primary: string | undefined): Promise<Map<string, string>> {
  const names = [
    'net/ipv4/ip_forward',
    'net/ipv6/conf/all/forwarding',
    'net/ipv4/conf/all/rp_filter',
    ...(primary === undefined ? [] : [`net/ipv4/conf/${primary}/rp_filter`]),
    'net/ipv4/neigh/default/gc_thresh3',
    'net/netfilter/nf_conntrack_max',
  ];
  const entries = await Promise.all(
    names.map(
      async (name) => [name, await attempt(readFile(join('/proc/sys', name), 'utf8'))] as const,
    ),
  );
  return new Map(
    entries.flatMap(([name, text]) => (text === undefined ? [] : [[name, text.trim()]])),
  );
}

async function readSaves(): Promise<HostFacts['filter']['saves']> {
  const asked = (['nft', 'legacy'] as const).flatMap((backend) =>
    (['inet', 'inet6'] as const).map(async (family) => {
      const program = `${family === 'inet' ? 'iptables' : 'ip6tables'}-${backend}-save`;
      const done = await attempt(run(program, { maxBuffer: 64 * 1024 * 1024, timeout: 10_000 }));
      return done ? [{ backend, family, text: done.stdout }] : [];
    }),
  );
  return (await Promise.all(asked)).flat();
}

async function readProcesses(): Promise<{ name: string; command: string[] }[]> {
  const pids = ((await attempt(readdir('/proc'))) ?? []).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    pids.map((pid) => attempt(readFile(`/proc/${pid}/cmdline`, 'utf8'))),
  );
  return commands.flatMap((text) => {
    const command = text?.split('\0') ?? [];
    return command[0] ? [{ name: command[0].replace(/^.*\//, ''), command }] : [];
  });
}

async function readNetworkd(): Promise<string> {
  // Later files win, and those of /etc come last.
  const roots = ['/usr/lib/systemd', '/run/systemd', '/etc/systemd'];
  const texts = await Promise.all(
    roots.map(async (root) => {
      const dropIns = ((await attempt(readdir(`${root}/networkd.conf.d`))) ?? [])
        .filter((name) => name.endsWith('.conf'))
        .sort()
        .map((name) => `${root}/networkd.conf.d/${name}`);
      const files = [`${root}/networkd.conf`, ...dropIns];
      return (await Promise.all(files.map((file) => attempt(readFile(file, 'utf8'))))).join('\n');
    }),
  );
  return texts.join('\n');
}

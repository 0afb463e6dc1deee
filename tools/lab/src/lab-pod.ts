import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { executePlugin } from '@vcn-cni/cni-runtime';
import type { Result, Verb } from '@vcn-cni/cni-spec';
import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import type { LabPaths } from './lab-paths.ts';
import { referencePlugins } from './plugins.ts';

export interface PodOptions {
  /** Default: 64 random hex digits, as container runtimes choose. */
  containerId?: string;
  /** Default: `eth0`. */
  ifname?: string;
  /** `K8S_POD_NAMESPACE` and `K8S_POD_NAME`; default: `default` and the name. */
  kubernetes?: { namespace: string; name: string } | false;
  /** Over `{cniVersion: "1.1.0", name: "pods", type: "oci-vcn"}`. */
  network?: Record<string, unknown>;
  /** More of `CNI_ARGS`. */
  args?: string;
}

export interface Outcome {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** The one JSON document on standard output, if there is one. */
  document?: Record<string, unknown>;
}

export interface LabPod {
  readonly name: string;
  readonly containerId: string;
  readonly ifname: string;
  /** CNI_NETNS. */
  readonly path: string;
  readonly namespace: SandboxNamespace;
  /** Executes the plugin as a runtime does. */
  invoke(verb: Verb, change?: Invoked): Promise<Outcome>;
  /** Executes ADD; throws when it fails. */
  add(change?: Invoked): Promise<Result>;
  /** CHECK and DEL with the result of the last ADD; throw when they fail. */
  check(change?: Invoked): Promise<void>;
  del(change?: Invoked): Promise<void>;
  /** Starts the plugin and leaves it to the caller. */
  start(verb: Verb): ChildProcess;
  /** Of the last ADD. */
  result(): Result;
  hostLink(): string;
  /** Of the last ADD, without prefix length. */
  address(family?: 'inet' | 'inet6'): string;
}

export interface Invoked {
  environment?: Record<string, string>;
  /** Over the network configuration. */
  config?: Record<string, unknown>;
}

interface Surroundings {
  name: string;
  namespace: SandboxNamespace;
  path: string;
  plugin: string;
  paths: LabPaths;
  node: SandboxNamespace;
}

export function createPod(
  { name, namespace, path, plugin, paths, node }: Surroundings,
  options: PodOptions,
): LabPod {
  const containerId = options.containerId ?? randomBytes(32).toString('hex');
  const ifname = options.ifname ?? 'eth0';
  const kubernetes = options.kubernetes ?? { namespace: 'default', name };
  const args = [
    'IgnoreUnknown=1',
    ...(kubernetes
      ? [`K8S_POD_NAMESPACE=${kubernetes.namespace}`, `K8S_POD_NAME=${kubernetes.name}`]
      : []),
    ...(options.args ? [options.args] : []),
  ].join(';');
  let result: Result | undefined;

  const environmentOf = (verb: Verb): Record<string, string> => ({
    PATH: process.env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin',
    CNI_COMMAND: verb,
    CNI_CONTAINERID: containerId,
    CNI_NETNS: path,
    CNI_IFNAME: ifname,
    CNI_ARGS: args,
    CNI_PATH: referencePlugins,
    VCN_CNI_SOCKET: paths.socket,
  });
  const configOf = (over: Record<string, unknown>) => ({
    cniVersion: '1.1.0',
    name: 'pods',
    type: 'oci-vcn',
    ...options.network,
    ...over,
  });
  const invoke = async (verb: Verb, change: Invoked = {}): Promise<Outcome> => {
    const outcome = await executePlugin({
      path: plugin,
      commandPrefix: ['nsenter', `--net=${node.path}`, '--'],
      environment: { ...environmentOf(verb), ...change.environment },
      stdin: JSON.stringify(configOf(change.config ?? {})),
    });
    const { exitCode, stdout, stderr } = outcome;
    return { exitCode, stdout, stderr, ...(stdout && { document: JSON.parse(stdout) }) };
  };
  const demand = async (verb: Verb, change?: Invoked): Promise<Outcome> => {
    const outcome = await invoke(verb, change);
    if (outcome.exitCode === 0) return outcome;
    throw new Error(
      `${verb} of ${name}: exit ${outcome.exitCode}: ${outcome.stdout}${outcome.stderr}`,
    );
  };
  const withResult = (change: Invoked = {}): Invoked => ({
    ...change,
    config: { ...(result && { prevResult: result }), ...change.config },
  });
  return {
    name,
    containerId,
    ifname,
    path,
    namespace,
    invoke,
    async add(change) {
      const { document } = await demand('ADD', change);
      result = document as unknown as Result;
      return result;
    },
    check: async (change) => void (await demand('CHECK', withResult(change))),
    del: async (change) => void (await demand('DEL', withResult(change))),
    start(verb) {
      const child = node.spawn(plugin, [], { env: environmentOf(verb), stdio: 'pipe' });
      child.stdin!.end(JSON.stringify(configOf({})));
      return child;
    },
    result() {
      if (!result) throw new Error(`${name} has no result`);
      return result;
    },
    hostLink: () => result?.interfaces?.find(({ sandbox }) => !sandbox)?.name ?? '',
    address(family = 'inet') {
      const found = result?.ips?.find((ip) => ip.address.includes(':') === (family === 'inet6'));
      if (!found) throw new Error(`${name} has no ${family} address`);
      return found.address.split('/')[0]!;
    },
  };
}

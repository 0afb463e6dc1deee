import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Lab, referencePlugins } from '@vcn-cni/lab';
import { median } from './median.ts';

/** One execution for the worker in the node's namespace. */
export interface Execution {
  name: string;
  file: string;
  environment: Record<string, string>;
  stdin: string;
}

export interface Figures {
  /** Milliseconds from exec to exit, medians. */
  median: Record<string, number>;
  /** Medians of the ratio of each pair, ours to ptp with host-local. */
  ratio: Record<string, number>;
  /** VmRSS after the run, MB of 10^6 bytes. */
  daemonMegabytes: number;
}

const worker = fileURLToPath(new URL('worker.ts', import.meta.url));

/**
 * Ours and ptp in turn, A B B A, each in a pod's namespace of its own: ADD of both, then DEL of both.
 * The worker executes without a shell or nsenter in between, so that a figure is exec to exit.
 */
export async function measure(lab: Lab, pairs: number): Promise<Figures> {
  await using daemon = await lab.startDaemon();
  const plan = await executions(lab, pairs);
  const child = lab.node.spawn(process.execPath, ['--conditions=@vcn-cni/source', worker], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout!.on('data', (chunk) => {
    output += chunk;
  });
  child.stdin!.end(JSON.stringify(plan));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the worker ended with ${code}`);
  const times = JSON.parse(output) as Record<string, number[]>;
  const status = readFileSync(`/proc/${daemon.pid}/status`, 'utf8');
  const ratio = (verb: string) =>
    median(times[`${verb} oci-vcn`]!.map((ours, pair) => ours / times[`${verb} ptp`]![pair]!));
  return {
    median: Object.fromEntries(
      Object.entries(times).map(([name, values]) => [name, median(values)]),
    ),
    ratio: { add: ratio('ADD'), del: ratio('DEL') },
    daemonMegabytes: (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024) / 1e6,
  };
}

async function executions(lab: Lab, pairs: number): Promise<Execution[]> {
  const plan: Execution[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const pods = { 'oci-vcn': await lab.pod(`ours-${pair}`), ptp: await lab.pod(`ptp-${pair}`) };
    const order = (pair % 2 ? ['ptp', 'oci-vcn'] : ['oci-vcn', 'ptp']) as (keyof typeof pods)[];
    plan.push(version(lab));
    for (const verb of ['ADD', 'DEL']) {
      for (const type of order) {
        const { containerId, path } = pods[type];
        plan.push({
          name: `${verb} ${type}`,
          file: type === 'ptp' ? `${referencePlugins}/ptp` : lab.plugin,
          environment: {
            CNI_COMMAND: verb,
            CNI_CONTAINERID: containerId,
            CNI_NETNS: path,
            CNI_IFNAME: 'eth0',
            CNI_PATH: referencePlugins,
            VCN_CNI_SOCKET: lab.paths.socket,
          },
          stdin: JSON.stringify(config(type, lab)),
        });
      }
    }
  }
  return plan;
}

function version({ plugin }: Lab): Execution {
  const stdin = '{"cniVersion":"1.0.0"}';
  return { name: 'VERSION oci-vcn', file: plugin, environment: { CNI_COMMAND: 'VERSION' }, stdin };
}

/** Both with one IPv4 address and a default route. */
function config(type: 'oci-vcn' | 'ptp', { paths }: Lab): Record<string, unknown> {
  const common = { cniVersion: '1.0.0', name: type, type };
  if (type === 'oci-vcn') return common;
  return {
    ...common,
    ipam: {
      type: 'host-local',
      dataDir: `${paths.directory}/host-local`,
      ranges: [[{ subnet: '10.88.0.0/16' }]],
      routes: [{ dst: '0.0.0.0/0' }],
    },
  };
}

import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createSandbox, type SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import type { NodeFacts, VnicFacts } from '../src/node.ts';
import { defaultSettings } from '../src/settings.ts';
import { addressing, type Topology } from './filter-addressing.ts';
import type { Command, Seen } from './filter-agent.ts';

/** A namespace of the laboratory with a program inside that sends, serves and tells what it saw. */
export interface Station {
  namespace: SandboxNamespace;
  serve(protocol: 'udp' | 'tcp', address: string, port: number): Promise<void>;
  seen(address: string, port: number, protocol?: 'udp' | 'tcp'): Promise<Seen[]>;
  send(from: string, to: string, port: number, text: string): Promise<void>;
  /** How many of the texts were echoed, all from one socket. */
  ask(from: string, to: string, port: number, ...texts: string[]): Promise<number>;
  connect(to: string, port: number, wait?: boolean): Promise<string>;
}

export interface Lab {
  host: Station;
  podA: Station;
  podB: Station;
  /** The VCN's router with its enforcement of sources, the world beyond, the metadata service, another node's pod. */
  fabric: Station;
  node: NodeFacts;
  close(): Promise<void>;
}

export async function createLab(topology: Topology): Promise<Lab> {
  const sandbox = await createSandbox();
  try {
    const names = ['host', 'podA', 'podB', 'fabric'] as const;
    const spaces = names.map((name) => sandbox.namespace(name));
    const plan = addressing(topology);
    const [host, podA, podB, fabric] = spaces as [
      SandboxNamespace,
      SandboxNamespace,
      SandboxNamespace,
      SandboxNamespace,
    ];
    for (const space of spaces) await sh(space, plan.sysctls);
    // Links are made on the host; the other ends are named by a process inside their namespace.
    const ends = { podA, podB, fabric };
    for (const { name, peer, to } of plan.links) {
      await sh(
        host,
        `ip link add name ${name} mtu 9000 type veth peer name ${peer} mtu 9000 netns ${ends[to].path}`,
      );
    }
    await sh(fabric, plan.fabric);
    await sh(podA, plan.podA);
    await sh(podB, plan.podB);
    await sh(host, plan.host);
    const stations = await Promise.all(spaces.map(station));
    return {
      host: stations[0]!,
      podA: stations[1]!,
      podB: stations[2]!,
      fabric: stations[3]!,
      node: nodeFacts(topology),
      close: () => sandbox.close(),
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

async function sh(space: SandboxNamespace, script: string): Promise<void> {
  const { code, stderr } = await space.exec('sh', ['-ec', script]);
  if (code !== 0) throw new Error(`${stderr}\n${script}`);
}

async function station(namespace: SandboxNamespace): Promise<Station> {
  const agent = fileURLToPath(new URL('./filter-agent.ts', import.meta.url));
  const child = namespace.spawn(process.execPath, [agent], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<number, (answer: { result?: unknown; error?: string }) => void>();
  child.once('close', (code) => {
    for (const answer of waiting.values()) answer({ error: `the station ended (${code})` });
  });
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const answer = JSON.parse(line) as { id: number; result?: unknown; error?: string };
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  let last = 0;
  async function call(command: Command): Promise<unknown> {
    const id = ++last;
    const { result, error } = await new Promise<{ result?: unknown; error?: string }>((resolve) => {
      waiting.set(id, resolve);
      child.stdin!.write(`${JSON.stringify({ id, ...command })}\n`);
    });
    if (error !== undefined) throw new Error(`${JSON.stringify(command)}: ${error}`);
    return result;
  }
  return {
    namespace,
    serve: async (protocol, address, port) => {
      await call({ do: 'serve', protocol, address, port });
    },
    seen: async (address, port, protocol = 'udp') =>
      (await call({ do: 'seen', protocol, address, port })) as Seen[],
    send: async (from, to, port, text) => {
      await call({ do: 'send', from, to, port, text });
    },
    ask: async (from, to, port, ...texts) =>
      (await call({ do: 'ask', from, to, port, texts, timeoutMs: 400 })) as number,
    connect: async (to, port, wait = true) =>
      (await call({ do: 'connect', to, port, wait })) as string,
  };
}

function nodeFacts(topology: Topology): NodeFacts {
  const blocks = ['10.88.65.0/24', 'fd00:88:0:2::/64'];
  const vnic = (name: string, at: string, six: string, own: string[]): VnicFacts => ({
    name,
    id: name,
    mtu: 9000,
    addresses: { inet: `${at}11`, inet6: `${six}11` },
    gateways: { inet: `${at}1`, inet6: `${six}1` },
    blocks: own,
  });
  const alone = topology === 'primary only';
  return {
    primary: vnic('ens3', '10.88.0.', 'fd00:88::', alone ? blocks : []),
    secondaries: alone ? [] : [{ ...vnic('ens5', '10.88.64.', 'fd00:88:0:1::', blocks), slot: 0 }],
    vcnCidrs: ['10.88.0.0/16', 'fd00:88::/48'],
    families: ['inet', 'inet6'],
  };
}

export const settings = defaultSettings;

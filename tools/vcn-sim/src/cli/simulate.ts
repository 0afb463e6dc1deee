import { startCloudServer } from '../api/server.ts';
import { type Cloud, createCloud } from '../cloud/cloud.ts';
import type { SubnetFacts } from '../cloud/facts.ts';
import { layOut, subnetPlans } from '../node/lay-out.ts';
import { startVcn } from '../node/start-vcn.ts';
import type { CommandLine } from './command-line.ts';
import { enter } from './enter.ts';
import type { Report, ReportedNode } from './report.ts';
import { writeUserFiles } from './user-files.ts';

export interface Simulation extends AsyncDisposable {
  readonly report: Report;
}

interface Estate {
  cloud: Cloud;
  vcnId: string;
  subnets: Record<string, SubnetFacts>;
  nodes: ReportedNode[];
  fromNodes?: Report['fromNodes'] & {};
}

/** Starts what the command line asks for, with the API on this machine's loopback. */
export async function simulate(line: CommandLine): Promise<Simulation> {
  await using stack = new AsyncDisposableStack();
  const { cloud, vcnId, subnets, nodes, fromNodes } = line.apiOnly
    ? startBooks(line)
    : await startPackets(line, stack);
  const user = stack.use(await writeUserFiles(cloud));
  const server = stack.use(await startCloudServer({ cloud, listen: { port: line.port } }));
  const report: Report = {
    pid: process.pid,
    profile: line.profile,
    seed: line.seed,
    api: server.endpoint,
    apiFrom: enterOwn(),
    configFile: user.configFile,
    compartmentId: cloud.tenancyId,
    vcnId,
    subnets: Object.fromEntries(
      Object.entries(subnets).map(([name, { id, cidrBlocks, ipv6CidrBlocks }]) => [
        name,
        { id, cidrBlocks, ipv6CidrBlocks },
      ]),
    ),
    nodes,
    ...(fromNodes && { fromNodes }),
  };
  const kept = stack.move();
  return { report, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

function startBooks({ nodes: count, profile, seed, shape, ocpus }: CommandLine): Estate {
  const cloud = createCloud({ profile, seed });
  const { facts, subnets } = layOut(cloud, subnetPlans);
  const nodes = Array.from({ length: count }, (_, index): ReportedNode => {
    const name = `node${index + 1}`;
    const { id: instanceId } = cloud.launchInstance({
      displayName: name,
      hostname: name,
      shape,
      ocpus,
      createVnicDetails: { subnetId: subnets['nodes']!.id, assignIpv6Ip: true },
    });
    const { address } = cloud.facts().vnics.find((vnic) => vnic.instanceId === instanceId)!;
    return { name, instanceId, address };
  });
  return { cloud, vcnId: facts.id, subnets, nodes };
}

async function startPackets(line: CommandLine, stack: AsyncDisposableStack): Promise<Estate> {
  const { nodes: count, profile, seed, shape, ocpus } = line;
  const vcn = stack.use(await startVcn({ nodes: count, profile, seed, shape, ocpus }));
  const nodes = vcn.nodes.map(({ name, instanceId, primary, path }) => ({
    name,
    instanceId,
    address: primary.address,
    namespace: path,
    enter: enter(path),
  }));
  const { cloud, subnets, endpoints: fromNodes } = vcn;
  return { cloud, vcnId: vcn.facts.id, subnets, nodes, fromNodes };
}

/** An ordinary user's simulator has loopback to itself. */
function enterOwn(): string {
  const words = enter(`/proc/${process.pid}/ns/net`);
  return words.includes('--user') ? words : '';
}

import { type LabPod, removeProxy, type VcnLab, type VcnLabNode } from '@vcn-cni/lab';
import { allFlows } from './all-flows.ts';
import { chainedRows } from './chained-rows.ts';
import { serveAll } from './demo-services.ts';
import { meshRows } from './mesh-rows.ts';
import { addPods, type NodePods } from './node-pods.ts';
import { policyRows } from './policy-rows.ts';
import type { Say } from './progress.ts';
import { isAsExpected, type PodReport, type Report, type VnicRow } from './report.ts';
import type { Scene } from './scene.ts';
import { startServers } from './servers.ts';
import { restartRows } from './upkeep-rows.ts';

/** The main job, step by step. `pause` is called in each scene, while everything stands. */
export async function runScenario(
  lab: VcnLab,
  say: Say,
  pause: (scene: Scene, pods: readonly NodePods[]) => Promise<void> = async () => {},
): Promise<Report> {
  const { nodes } = lab;
  say('starting vcn-cnid on each node');
  const daemons = await Promise.all(nodes.map((node) => node.startDaemon()));
  say('waiting until each has attached a VNIC and got addresses for pods');
  await Promise.all(nodes.map((node) => node.stocked()));
  say(`adding ${nodes.length * 2} pods by executing the plugin as a container runtime does`);
  const placed = await addPods(nodes);
  const vnics = (await Promise.all(nodes.map(vnicsOf))).flat();
  say('writing the rules of Services as kube-proxy does');
  await serveAll(lab, placed);
  const servers = await startServers(lab, placed);
  say('sending packets');
  const flows = await allFlows(lab, placed);
  await pause('services', placed);
  say('sending packets while network policy is in force');
  flows.push(...(await policyRows(placed, () => pause('policy', placed))));
  say('sending packets between pods of a service mesh');
  flows.push(...(await meshRows(placed, () => pause('mesh', placed))));
  say('sending packets to a pod with the reference plugins chained behind ours');
  flows.push(...(await chainedRows(lab, placed, () => pause('chained', placed))));
  say('replacing a daemon while packets flow');
  const { rows, daemon } = await restartRows(placed, daemons[0]!);
  flows.push(...rows);
  daemons[0] = daemon;
  servers.dispose();
  await Promise.all(nodes.map(({ namespace }) => removeProxy(namespace)));
  say('CHECK and DEL of each pod');
  const pods = await Promise.all(
    placed.flatMap(({ node, first, second }) => [finish(node, first), finish(node, second)]),
  );
  await Promise.all(daemons.map((daemon) => daemon.stop()));
  const residue = (await Promise.all(nodes.map(residueOf))).flat();
  return {
    ok:
      flows.every(isAsExpected) &&
      pods.every(({ check, del }) => check === 'passed' && del === 'passed') &&
      residue.length === 0,
    nodes: nodes.map(({ name, primary }) => ({ name, addresses: Object.values(primary.address) })),
    vnics,
    pods,
    flows,
    residue,
  };
}

async function vnicsOf(node: VcnLabNode): Promise<VnicRow[]> {
  const { vnics } = await node.vnics();
  return vnics.map(({ id, subnet, addresses, blocks, device, table, free, used }) => ({
    node: node.name,
    id,
    subnet,
    addresses,
    blocks: blocks.map(({ cidr }) => cidr),
    device,
    table,
    free,
    used,
  }));
}

async function residueOf(node: VcnLabNode): Promise<string[]> {
  return (await node.residue()).map((line) => `${node.name}: ${line}`);
}

async function finish(node: VcnLabNode, pod: LabPod): Promise<PodReport> {
  const passed = (done: Promise<void>) =>
    done.then(
      () => 'passed' as const,
      () => 'failed' as const,
    );
  return {
    name: pod.name,
    node: node.name,
    addresses: [pod.address('inet'), pod.address('inet6')],
    hostLink: pod.hostLink(),
    check: await passed(pod.check()),
    del: await passed(pod.del()),
  };
}

import { addresses, connectTcp, type Lab, type LabPod, ping, serveTcp } from '@vcn-cni/lab';
import type { Say } from './progress.ts';
import type { Flow, PodReport, Report } from './report.ts';

const names = ['alpha', 'beta', 'gamma', 'delta'];
const port = 8080;

/** The main job, step by step. `pause` is called while everything stands. */
export async function runScenario(
  lab: Lab,
  say: Say,
  pause?: (pods: LabPod[]) => Promise<void>,
): Promise<Report> {
  say('starting vcn-cnid on the node');
  await using daemon = await lab.startDaemon();
  say(`adding ${names.length} pods by executing the plugin as a container runtime does`);
  const pods = await Promise.all(names.map((name) => lab.pod(name)));
  await Promise.all(pods.map((pod) => pod.add()));
  say('sending packets');
  const flows = await allFlows(lab, pods);
  await pause?.(pods);
  say('CHECK and DEL of each pod');
  const reports = await Promise.all(pods.map(finish));
  await daemon.stop();
  const residue = await lab.residue();
  return {
    ok:
      flows.every(({ expect, outcome }) => expect === outcome) &&
      reports.every(({ check, del }) => check === 'passed' && del === 'passed') &&
      residue.length === 0,
    nodes: [{ name: 'node', addresses: [addresses.node.inet, addresses.node.inet6] }],
    pods: reports,
    flows,
    residue,
  };
}

async function allFlows(lab: Lab, [alpha, beta, gamma, delta]: LabPod[]): Promise<Flow[]> {
  const servers = await Promise.all(
    [alpha!.namespace, beta!.namespace, lab.node, lab.outside].map((ns) => serveTcp(ns, port)),
  );
  const flows: Flow[] = [];
  for (const family of ['inet', 'inet6'] as const) {
    const pod = (p: LabPod) => ({ name: p.name, ns: p.namespace, address: p.address(family) });
    const node = { name: 'node', ns: lab.node, address: addresses.node[family] };
    const outside = { name: 'outside', ns: lab.outside, address: addresses.outside[family] };
    flows.push(
      await flow('pod-pod-same-node', pod(gamma!), pod(beta!)),
      await flow('pod-node', pod(delta!), node),
      await flow('node-pod', node, pod(alpha!)),
      await flow('pod-outside', pod(alpha!), outside),
      await flow('outside-pod', outside, pod(beta!)),
    );
  }
  for (const server of servers) server[Symbol.dispose]();
  return flows;
}

interface End {
  name: string;
  ns: LabPod['namespace'];
  address: string;
}

/** Reached means: an echo request came back, and a TCP connection showed the sender's own address. */
async function flow(name: string, from: End, to: End): Promise<Flow> {
  const { outcome, rttMs } = await ping(from.ns, to.address);
  const seen = await connectTcp(from.ns, to.address, port);
  return {
    name,
    from: `${from.name} ${from.address}`,
    to: `${to.name} ${to.address}`,
    expect: 'reached',
    outcome: outcome === 'reached' && seen === from.address ? 'reached' : 'unreached',
    rttMs: rttMs ?? null,
  };
}

async function finish(pod: LabPod): Promise<PodReport> {
  const passed = (done: Promise<void>) =>
    done.then(
      () => 'passed' as const,
      () => 'failed' as const,
    );
  return {
    name: pod.name,
    node: 'node',
    addresses: [pod.address('inet'), pod.address('inet6')],
    hostLink: pod.hostLink(),
    check: await passed(pod.check()),
    del: await passed(pod.del()),
  };
}

export { addChained, type ChainedPod, type ChainOptions } from './chained-pod.ts';
export { type Ping, ping } from './flow.ts';
export { iptablesRules } from './kube-proxy/iptables-rules.ts';
export type { KubeEndpoint, KubePort, KubeService } from './kube-proxy/kube-service.ts';
export { nftablesRules } from './kube-proxy/nftables-rules.ts';
export type { ProxyNode } from './kube-proxy/proxy-node.ts';
export { type ProxyMode, proxyServices } from './kube-proxy/proxy-services.ts';
export { removeProxy } from './kube-proxy/remove-proxy.ts';
export { createLab, type Lab } from './lab.ts';
export type { LabDaemon } from './lab-daemon.ts';
export type { LabNode } from './lab-node.ts';
export type { LabOptions } from './lab-options.ts';
export type { LabPaths } from './lab-paths.ts';
export type { Invoked, LabPod, Outcome, PodOptions } from './lab-pod.ts';
export { installMeshPlugin, type MeshPlugin } from './mesh/mesh-plugin.ts';
export { type MeshConnection, type MeshProxy, startMeshProxy } from './mesh/mesh-proxy.ts';
export { meshPorts, passthrough } from './mesh/mesh-rules.ts';
export { type Misroute, misroute } from './misroute.ts';
export { countPackets, type PacketCounter } from './packet-counter.ts';
export { buildPlugins, referencePlugins, vcnctlMain } from './plugins.ts';
export { createFelix, type Felix } from './policy/felix.ts';
export type { FelixMode } from './policy/felix-chains.ts';
export type {
  Allow,
  Labels,
  Policy,
  PolicyEndpoint,
  PolicyPod,
  PolicyView,
} from './policy/policy.ts';
export { removeIptables } from './remove-iptables.ts';
export { resolveName } from './resolve-name.ts';
export { type SteadyPings, startPings } from './steady-pings.ts';
export { connectTcp, opensTcp, serveTcp } from './tcp-flow.ts';
export { addresses, mtu, uplink } from './topology.ts';
export { createVcnLab, type VcnLab, type VcnLabOptions } from './vcn-lab.ts';
export type { VcnLabNode } from './vcn-lab-node.ts';
export type { VnicReport, VnicsReport } from './vnics-report.ts';

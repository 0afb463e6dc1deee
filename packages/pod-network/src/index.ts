/**
 * The VCN datapath as data: a lease gives the wanted kernel state of a pod and its CNI result, a node's
 * VNICs give the wanted state of the host.
 * @packageDocumentation
 */

// For users.

export * from './explain/index.ts';
export * from './filter/index.ts';
export type { NodeFacts, SecondaryFacts, VnicFacts } from './node.ts';
export { planHost, vnicTable } from './plan-host.ts';
export { type PodPlan, planPod, podNamespace } from './plan-pod.ts';
export type { PodAsk, PodIdentity } from './pod-ask.ts';
export { podResult } from './pod-result.ts';
export { describePod, type PodSpec } from './pod-spec.ts';
export { defaultSettings, type HostSettings } from './settings.ts';
export { type ServicePort, servicesIn } from './trace/services-in.ts';
export { type TraceAsk, tracePackets } from './trace/trace-packets.ts';

// For implementers.

export { aliasPrefix, formatAlias, parseAlias } from './attachment-alias.ts';
export { blockOf } from './block-of.ts';
export { hostLinkName } from './host-link-name.ts';
export { anywhere, familyOf, gateway, hostCidr } from './link-local.ts';
export { canonicalMac, derivedMac } from './mac-address.ts';
export { vlanLinkName } from './vnic-links.ts';

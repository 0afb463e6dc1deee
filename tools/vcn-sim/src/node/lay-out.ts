import type { Cloud } from '../cloud/cloud.ts';
import type { SubnetFacts, VcnFacts } from '../cloud/facts.ts';
import type { SecurityRule } from '../cloud/security-rule.ts';

/** A subnet to make, within 10.0.0.0/16 and fd00:10::/56. */
export interface SubnetPlan {
  cidrBlocks?: string[];
  ipv6CidrBlocks?: string[];
  /** Of its security list; default: everything is allowed. */
  rules?: SecurityRule[];
  /** Whether private sources reach the internet side; default `nat`. */
  internet?: 'nat' | 'none';
}

/** Pods have two CIDRs, as Oracle advises: blocks are then taken from the second at once. */
export const subnetPlans: Record<string, SubnetPlan> = {
  nodes: { cidrBlocks: ['10.0.0.0/24'], ipv6CidrBlocks: ['fd00:10::/64'] },
  pods: { cidrBlocks: ['10.0.64.0/22', '10.0.128.0/20'], ipv6CidrBlocks: ['fd00:10:0:1::/64'] },
};

/** Makes the VCN and its subnets. */
export function layOut(
  cloud: Cloud,
  plans: Record<string, SubnetPlan>,
): { facts: VcnFacts; subnets: Record<string, SubnetFacts> } {
  if (Object.keys(plans).length === 0) {
    throw new Error('subnets: {} has no subnet for the nodes; name one at least');
  }
  const facts = cloud.createVcn({
    displayName: 'vcn',
    cidrBlocks: ['10.0.0.0/16'],
    ipv6CidrBlocks: ['fd00:10::/56'],
  });
  const subnets = Object.entries(plans).map(([displayName, { rules, ...plan }]) => {
    const list = rules && cloud.createSecurityList({ vcnId: facts.id, displayName, rules });
    const ask = { vcnId: facts.id, displayName, ...plan };
    return [
      displayName,
      cloud.createSubnet({ ...ask, ...(list && { securityListIds: [list.id] }) }),
    ] as const;
  });
  return { facts, subnets: Object.fromEntries(subnets) };
}

/** One line of a network security group or a security list. A packet that no line allows is dropped. */
export interface SecurityRule {
  direction: 'ingress' | 'egress';
  protocol: 'all' | 'icmp' | 'icmpv6' | 'tcp' | 'udp';
  /** The other side: the source of an ingress rule, the destination of an egress rule. */
  peer: { cidr: string } | { nsgId: string };
  /** Destination ports, both included; absent: every port. Only with `tcp` and `udp`. */
  ports?: { min: number; max: number };
  /** Only with `icmp` and `icmpv6`; absent: every type. */
  icmp?: { type: number; code?: number };
  /** Whether the replies of an allowed connection need a rule of their own; default false. */
  stateless?: boolean;
}

/** A network security group or a security list as a router needs it. */
export interface SecurityRules {
  id: string;
  kind: 'nsg' | 'security-list';
  rules: SecurityRule[];
}

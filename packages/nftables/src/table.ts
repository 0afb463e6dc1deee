/** One nftables table of ours as plain data (nft(8)). The owner replaces it whole, in one transaction. */
export interface Table {
  family: 'inet' | 'ip' | 'ip6';
  name: string;
  sets?: NamedSet[];
  chains: Chain[];
}

export interface NamedSet {
  name: string;
  /** nft data type. */
  type: 'ipv4_addr' | 'ipv6_addr' | 'ifname' | 'inet_service' | 'mark';
  flags?: ('interval' | 'constant' | 'timeout')[];
  elements: string[];
}

export interface Chain {
  name: string;
  /** Absent: a regular chain, reached by jump. */
  base?: BaseChain;
  rules: Rule[];
}

export interface BaseChain {
  type: 'filter' | 'nat' | 'route';
  hook: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
  /** Number: raw is -300, mangle -150, dstnat -100, filter 0, srcnat 100. */
  priority: number;
  policy?: 'accept' | 'drop';
}

export interface Rule {
  /** nft statement text in canonical form, as `nft list table` would print it: `iifname "oci*" ip daddr 127.0.0.0/8 drop`. */
  text: string;
  comment?: string;
}

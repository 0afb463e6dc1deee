/** One nftables table of ours as plain data (nft(8)). The owner replaces it whole, in one transaction. */
export interface Table {
  family: 'inet' | 'ip' | 'ip6';
  name: string;
  /** Lists belong in named sets: their elements compare as a set, whatever order nft prints them in. */
  sets?: NamedSet[];
  chains: Chain[];
}

export interface NamedSet {
  name: string;
  /** nft data type. */
  type: 'ipv4_addr' | 'ipv6_addr' | 'ifname' | 'inet_service' | 'mark';
  flags?: ('interval' | 'constant' | 'timeout')[];
  /** As nft prints them, an `ifname` without quotes: `10.0.0.0/8`, `ens3`, `0x00000080`. */
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
  /** Absent: accept, as the kernel has it. */
  policy?: 'accept' | 'drop';
}

export interface Rule {
  /** nft statement text in canonical form, as `nft list table` would print it: `iifname "oci*" ip daddr 127.0.0.0/8 drop`. */
  text: string;
  comment?: string;
}

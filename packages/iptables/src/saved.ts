/** What `iptables-save` or `ip6tables-save` printed, whoever wrote the rules. */
export interface SavedTable {
  /** `raw`, `mangle`, `nat`, `filter`, `security`. */
  name: string;
  chains: SavedChain[];
}

export interface SavedChain {
  name: string;
  /** Of a built-in chain; a user's chain has none. */
  policy?: string;
  counters?: Counters;
  rules: SavedRule[];
}

export interface SavedRule {
  /** The arguments after `-A CHAIN`, unquoted: `['-i', 'oci+', '-j', 'DROP']`. */
  tokens: string[];
  /** Chain or target. */
  target?: { verb: 'jump' | 'goto'; name: string };
  comment?: string;
  /** With `iptables-save -c`. */
  counters?: Counters;
}

export interface Counters {
  packets: bigint;
  bytes: bigint;
}

import type { Flow } from './packet.ts';

/** What `explain` found out, as data. */
export interface Explanation {
  /**
   * Of this way alone: what is delivered may still have an answer that is not (`back`).
   * `uncertain`: something on the way cannot be judged; `steps` says what, and goes on as if it did not match.
   */
  verdict: 'delivered' | 'dropped' | 'uncertain';
  /** Namespace (and link or chain) where the way ended. */
  where?: string;
  /** The reason, where it is no plain delivery. */
  why?: string;
  /** The packet as it was when its way ended. */
  packet: Flow;
  steps: Step[];
  /** What was taken where the kernel draws lots; empty: the way is the only one. */
  choices: Choice[];
  /** The answer's way, of what was delivered. */
  back?: Explanation;
  /** The other ways that the lots could fall, at most `limit` in all; only in the explanation that `explain` returns. */
  others?: Explanation[];
  /** There are more ways than the limit. */
  more?: true;
}

/**
 * `reverse-path` is rp_filter's verdict; `conntrack` a connection found or marked; `chain` a line that jumps, marks or
 * returns; `filter` one that accepts or drops; `choice` lots drawn; `unjudged` what nobody can say from the capture.
 */
export type StepKind =
  | 'link'
  | 'rule'
  | 'route'
  | 'reverse-path'
  | 'conntrack'
  | 'chain'
  | 'nat'
  | 'filter'
  | 'neighbour'
  | 'vnic'
  | 'choice'
  | 'unjudged'
  | 'deliver'
  | 'drop';

/** One thing that the kernel, or the VCN, did with the packet. */
export interface Step {
  /** `VCN` between nodes. */
  namespace: string;
  kind: StepKind;
  text: string;
  /** The packet after this step. */
  packet: Flow;
  /** Where the rule stands: `iptables nat`, `nftables inet vcn-cni`. */
  table?: string;
  chain?: string;
  /** Interface of the step. */
  link?: string;
  /** A jump into a chain that did nothing with the packet. */
  idle?: true;
}

/** One drawing of lots: kube-proxy's `statistic`, nftables' `numgen`, an affinity that was not captured. */
export interface Choice {
  text: string;
  options: string[];
  /** Index into `options`. */
  taken: number;
}

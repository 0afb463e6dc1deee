/** What `--json` prints. */
export interface Report {
  /** Every flow as expected, every verb done, nothing left behind. */
  ok: boolean;
  nodes: { name: string; addresses: string[] }[];
  /** While the pods were there. */
  vnics: VnicRow[];
  pods: PodReport[];
  flows: Flow[];
  /** What the nodes hold after DEL that they did not hold before, line by line, each with its node. */
  residue: string[];
}

/** A VNIC from which pods get addresses, as the daemon of its node tells it. */
export interface VnicRow {
  node: string;
  /** Null as long as there is only an order. */
  id: string | null;
  subnet: string | null;
  /** Of its own. */
  addresses: string[];
  /** For pods: blocks, or single addresses as blocks of one. */
  blocks: string[];
  device: string | null;
  table: number | null;
  /** Addresses for pods. */
  free: number;
  used: number;
}

export interface PodReport {
  name: string;
  node: string;
  addresses: string[];
  hostLink: string;
  check: 'passed' | 'failed';
  del: 'passed' | 'failed';
}

export interface Flow {
  /** `pod-pod-same-node`, `pod-pod-cross-node`, `pod-node`, ... */
  name: string;
  from: string;
  to: string;
  expect: 'reached' | 'unreached';
  outcome: 'reached' | 'unreached';
  /** Milliseconds of an echo's round trip; null when there was none, or none could be: a Service answers no echo. */
  rttMs: number | null;
  /** Packets that were dropped by whoever it had to be; only where that is expected. */
  dropped?: number;
  /** `the VCN`, `the node`, `its policy`. */
  droppedBy?: string;
}

/** Reached or not as expected, and what was to be dropped was dropped where it had to be and not lost elsewhere. */
export const isAsExpected = ({ expect, outcome, dropped }: Flow): boolean =>
  expect === outcome && dropped !== 0;

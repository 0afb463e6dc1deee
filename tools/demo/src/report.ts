/** What `--json` prints. */
export interface Report {
  /** Every flow as expected, every verb done, nothing left behind. */
  ok: boolean;
  nodes: { name: string; addresses: string[] }[];
  pods: PodReport[];
  flows: Flow[];
  /** What the node holds after DEL that it did not hold before, line by line. */
  residue: string[];
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
  /** `pod-pod-same-node`, `pod-node`, ... */
  name: string;
  from: string;
  to: string;
  expect: 'reached' | 'unreached';
  outcome: 'reached' | 'unreached';
  /** Milliseconds of a round trip; null when there was none. */
  rttMs: number | null;
}

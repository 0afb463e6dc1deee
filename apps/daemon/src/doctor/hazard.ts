/** Something about this host that breaks pods, or may. */
export interface Hazard {
  /** Stable name of the check, as `ip-forward`. */
  id: string;
  /** error: pods are cut off; warning: some flow breaks, or will; info: good to know. */
  severity: 'error' | 'warning' | 'info';
  /** What was found, with names and values. */
  evidence: string;
  /** What to do about it. */
  remedy: string;
}

/** A hazard, before its check gives it its name. */
export type Finding = Omit<Hazard, 'id'>;

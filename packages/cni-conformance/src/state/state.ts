/**
 * What an attachment may change, as lines that a person can read and that compare: `host route default via …`,
 * `c1 address eth0 10.0.0.2/24 …`, `host file /var/lib/cni/…`. Sorted; what moves by itself (counters, lifetimes,
 * what the kernel learns) is left out.
 */
export type State = readonly string[];

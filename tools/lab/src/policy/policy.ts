export type Labels = Readonly<Record<string, string>>;

/** A pod anywhere in the cluster, as far as selectors see it. */
export interface PolicyPod {
  labels: Labels;
  /** Of both families; none as long as nobody knows them. */
  addresses: readonly string[];
}

/** A pod of this node: known by the name of its host link, which may come later. */
export interface PolicyEndpoint {
  link: string;
  labels: Labels;
}

/** What one line of a policy lets through. */
export interface Allow {
  /** Labels that the other side has, or a CIDR; absent: anybody. */
  peer?: Labels | string;
  /** Absent: everything. */
  port?: { protocol: 'tcp' | 'udp'; number: number };
}

/** A network policy: a direction that it names is closed but for what it allows. */
export interface Policy {
  /** At most 18 characters, for the names of chains. */
  name: string;
  /** Labels of the pods that it is for; `{}`: all. */
  selector: Labels;
  ingress?: readonly Allow[];
  egress?: readonly Allow[];
}

/** What a policy engine knows on one node. */
export interface PolicyView {
  endpoints: readonly PolicyEndpoint[];
  pods: readonly PolicyPod[];
  policies: readonly Policy[];
}

/** Whether `labels` has everything that `selector` asks for. */
export function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

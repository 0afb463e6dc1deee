import type { CloudFacts } from '../cloud/facts.ts';

/** What the fabric is planned from: the cloud's facts, and what only the simulation knows. */
export interface FabricBooks {
  facts: CloudFacts;
  /** Where each VNIC appears, by its id. A VNIC without a place is carried nowhere. */
  places: ReadonlyMap<string, Place>;
  /** Public IPv4 addresses that stand one to one for a VNIC's own address, by VNIC id. */
  publicAddresses: ReadonlyMap<string, string>;
}

export interface Place {
  /** Key into the `namespaces` that the plan is applied with. */
  namespace: string;
  /** Name of the network card there, as `ens3`. */
  device: string;
}

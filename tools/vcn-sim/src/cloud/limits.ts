/** Limits that Oracle sets per account, and has changed: so they are settings. */
export interface Limits {
  /** Secondary private IPs of a VNIC, a block counting as one. */
  privateIpsPerVnic: number;
  /** Secondary IPv6s of a VNIC, a block counting as one. */
  ipv6sPerVnic: number;
  nsgsPerVnic: number;
  /** Items of one bulk call. */
  bulkItems: number;
  /** VNICs of the tenancy. */
  vnicsPerTenancy: number;
}

export const defaultLimits: Limits = {
  privateIpsPerVnic: 64,
  ipv6sPerVnic: 32,
  nsgsPerVnic: 5,
  bulkItems: 64,
  vnicsPerTenancy: 10_000,
};

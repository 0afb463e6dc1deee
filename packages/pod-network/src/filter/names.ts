/** Name of our nftables table, in family inet. */
export const filterTable = 'vcn-cni';

/** What the names of our iptables chains begin with: the ownership tag. */
export const chainOwner = 'VCN-CNI-';

/** OCI's metadata service, resolver and clock: one address, credentials on port 80. */
export const metadataAddress = { inet: '169.254.169.254', inet6: 'fd00:c1::a9fe:a9fe' } as const;

/** The service's other addresses (iSCSI boot volumes among them) and the link-local networks around them. */
export const guarded = {
  inet: ['169.254.0.0/16'],
  inet6: ['fd00:c1::/64', 'fe80::/10'],
} as const;

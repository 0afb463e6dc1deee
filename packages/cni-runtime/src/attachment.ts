/** One container joined to one network by one interface (SPEC section 3). */
export interface Attachment {
  containerId: string;
  /** Path of the namespace; empty for a DEL after it is gone. */
  netns: string;
  ifname: string;
  /** `CNI_ARGS`, in this order. */
  args?: Iterable<readonly [string, string]>;
  /** Values of capabilities, by name; each plugin gets those that its configuration declares. */
  capabilities?: Readonly<Record<string, unknown>>;
}

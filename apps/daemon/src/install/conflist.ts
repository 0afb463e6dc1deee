/** Lexically early: runtimes use the first file of their directory. */
export const conflistName = '10-oci-vcn.conflist';

/** Plugins that may follow ours in the chain, with the capability that each takes. */
export const chainable: Readonly<Record<string, string>> = {
  portmap: 'portMappings',
  bandwidth: 'bandwidth',
};

/**
 * The network configuration of a Kubernetes node (SPEC section 1). A runtime that does not know
 * `cniVersions` uses `cniVersion`, which it must know too; GC and STATUS exist from 1.1.0.
 */
export function conflist(chain: readonly string[]): string {
  const plugins = [
    { type: 'oci-vcn', capabilities: { ips: true, mac: true } },
    ...chain.map((type) => ({ type, capabilities: { [chainable[type]!]: true } })),
  ];
  const document = {
    cniVersion: '1.0.0',
    cniVersions: ['1.0.0', '1.1.0'],
    name: 'oci-vcn',
    plugins,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

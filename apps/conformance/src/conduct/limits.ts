/** What a sandbox was found to have: words that `probeLine` prints. */
export type Found = ReadonlySet<string>;

const linkTypes = ['veth', 'bridge', 'dummy', 'ifb', 'vrf'];
const commands = ['nft', 'iptables-save', 'tc'];

/** For sh in a sandbox: prints a word for each thing that is there. */
export const probeLine = [
  ...linkTypes.map(
    (type) =>
      `ip link add name probe0 type ${type}${type === 'vrf' ? ' table 7' : ''} 2>/dev/null && echo ${type}; ip link del probe0 2>/dev/null`,
  ),
  ...commands.map((name) => `command -v ${name} >/dev/null && echo ${name}`),
  "grep -q ' /etc overlay ' /proc/mounts && echo overlay",
  `read -r _ outside count </proc/self/uid_map; [ "$outside" = 0 ] && [ "$count" = 4294967295 ] && echo root`,
  ':',
].join('\n');

/** What is left out for want of the rest, in sentences. */
export function limitsOf(found: Found): string[] {
  const links = linkTypes.filter((type) => !found.has(type));
  const absent = commands.filter((name) => !found.has(name));
  return [
    ...(found.has('root')
      ? []
      : [
          'Not run as root of the machine: /var/lib begins empty, a plugin may write no file of root, and no kernel module is loaded for it.',
        ]),
    ...(found.has('overlay')
      ? []
      : [
          'No overlay can be mounted: what a plugin writes to /etc, /var, /opt, /home or /srv outside /var/lib is refused.',
        ]),
    ...(links.length > 0
      ? [
          `The kernel makes no link of type ${links.join(', ')} here: a plugin that needs one fails.`,
        ]
      : []),
    ...(absent.length > 0
      ? [`Not installed: ${absent.join(', ')}; what they would show of a state is not compared.`]
      : []),
  ];
}

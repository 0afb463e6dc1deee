/** Link operations as `ip link` commands. */
import type { LinkSpec, VethPeer } from './state.ts';

/** What `ip link add` accepts at creation; the rest of a `LinkSpec` takes an `ip link set`. */
function creationWords(link: Pick<LinkSpec, 'mac' | 'mtu'>): string[] {
  const words: string[] = [];
  if (link.mac !== undefined) words.push(`address ${link.mac}`);
  if (link.mtu !== undefined) words.push(`mtu ${link.mtu}`);
  return words;
}

const limits = [
  ['gsoMaxSize', 'gso_max_size'],
  ['groMaxSize', 'gro_max_size'],
  ['gsoIpv4MaxSize', 'gso_ipv4_max_size'],
  ['groIpv4MaxSize', 'gro_ipv4_max_size'],
] as const;

function laterWords(link: LinkSpec): string[] {
  const words: string[] = [];
  if (link.alias !== undefined) words.push(`alias '${link.alias.replaceAll("'", "'\\''")}'`);
  for (const [key, word] of limits) {
    const value = link[key];
    if (value !== undefined) words.push(`${word} ${value}`);
  }
  if (link.up !== undefined) words.push(link.up ? 'up' : 'down');
  return words;
}

function peerWords(peer: VethPeer): string[] {
  const words = [`peer name ${peer.name}`, ...creationWords(peer)];
  if (peer.namespace !== undefined) words.push(`netns ${peer.namespace}`);
  return words;
}

function kindWords(link: LinkSpec): string[] {
  const words = [`type ${link.kind}`];
  if (link.kind === 'veth' && link.peer) words.push(...peerWords(link.peer));
  if (link.kind === 'vlan') words.push(`id ${link.vlanId ?? 0}`);
  if (link.kind === 'macvlan') words.push(`mode ${link.macvlanMode ?? 'bridge'}`);
  return words;
}

export function formatLinkCreate(link: LinkSpec): string {
  const words = ['ip link add'];
  if (link.parent !== undefined) words.push(`link ${link.parent}`);
  words.push(`name ${link.name}`, ...creationWords(link));
  if (link.group !== undefined) words.push(`group ${link.group}`);
  words.push(...kindWords(link));
  const later = laterWords(link);
  if (later.length === 0) return words.join(' ');
  return `${words.join(' ')} && ip link set dev ${link.name} ${later.join(' ')}`;
}

export function formatLinkSet(link: LinkSpec): string {
  const words = [`ip link set dev ${link.name}`, ...creationWords(link)];
  if (link.group !== undefined) words.push(`group ${link.group}`);
  return [...words, ...laterWords(link)].join(' ');
}

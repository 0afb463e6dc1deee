import type { Hints } from '../hints.ts';
import { matches } from './matches.ts';

/** Tables and chains of iptables itself stay when it was used once; they do nothing. */
const ofIptables = [
  /^\S+ nft table ip6? (?:filter|nat|mangle|raw|security)$/,
  /^\S+ nft chain ip6? (?:filter|nat|mangle|raw|security) [A-Z]+ type \S+ hook \S+ priority \S+ policy accept$/,
  /^\S+ ip6?tables(?:-legacy)? \S+ :[A-Z]+ ACCEPT$/,
];

/** Of host-local: where its next search begins, and its lock. */
const ofHostLocal = [
  /^host file \S*\/last_reserved_ip\.\d+$/,
  /^host file \/var\/lib\/cni\/networks\/[^/]+\/lock$/,
];

/** Whether a line of a state may stay after the last DEL. */
export function isKept(line: string, { keeps }: Pick<Hints, 'keeps'>): boolean {
  return (
    [...ofIptables, ...ofHostLocal].some((pattern) => pattern.test(line)) ||
    keeps.files.some((each) => matches(`host file ${each}`, line)) ||
    keeps.links.some((each) => isAboutLink(each, line)) ||
    keeps.other.some((each) => matches(each, line))
  );
}

/** A link that stays keeps its addresses, routes and settings. */
const isAboutLink = (pattern: string, line: string): boolean =>
  matches(`host link ${pattern} *`, line) ||
  matches(`host address ${pattern} *`, line) ||
  matches(`host route * dev ${pattern} *`, `${line} `) ||
  matches(`host sysctl net.ipv*.${pattern}.*`, line);

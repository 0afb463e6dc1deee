import type { Mutant } from './mutant.ts';

const ofInterface = ['interface'] as const;

/** Those that a step of a plugin asks for by their names. */
export const stepMutants = [
  { name: 'del-leaves-link', of: ofInterface, does: 'DEL leaves the pair of links' },
  { name: 'del-leaves-masquerade', of: ofInterface, does: 'DEL leaves the rules of ipMasq' },
  {
    name: 'add-ignores-ipam-failure',
    of: ofInterface,
    does: 'ADD goes on without addresses when there are none',
  },
  {
    name: 'check-ignores-listed-address',
    of: ofInterface,
    does: 'CHECK does not look at an address that prevResult lists',
  },
  {
    name: 'check-ignores-listed-mac',
    of: ofInterface,
    does: 'CHECK does not look at the MAC that prevResult lists',
  },
  {
    name: 'check-ignores-listed-interface',
    of: ofInterface,
    does: 'CHECK does not look at an interface that prevResult lists',
  },
  {
    name: 'check-ignores-listed-route',
    of: ofInterface,
    does: 'CHECK does not look at a route that prevResult lists',
  },
  { name: 'check-ignores-address', of: ofInterface, does: 'CHECK does not look at addresses' },
  {
    name: 'check-ignores-prefix',
    of: ofInterface,
    does: 'CHECK does not look at the prefix of addresses',
  },
  {
    name: 'check-ignores-link-down',
    of: ofInterface,
    does: 'CHECK does not look at whether the interface is up',
  },
  {
    name: 'check-ignores-link-absence',
    of: ofInterface,
    does: 'CHECK does not look at whether the interface is there',
  },
  {
    name: 'check-ignores-link-moved',
    of: ofInterface,
    does: 'CHECK does not look at in which namespace the interface is',
  },
  { name: 'check-ignores-mac', of: ofInterface, does: 'CHECK does not look at the MAC' },
  { name: 'check-ignores-mtu', of: ofInterface, does: 'CHECK does not look at the MTU' },
  { name: 'check-ignores-routes', of: ofInterface, does: 'CHECK does not look at routes' },
  {
    name: 'check-ignores-gateway',
    of: ofInterface,
    does: 'CHECK does not look at by which gateway routes go',
  },
  {
    name: 'check-ignores-device',
    of: ofInterface,
    does: 'CHECK does not look at by which interface routes go',
  },
  {
    name: 'check-ignores-host-link-down',
    of: ofInterface,
    does: "CHECK does not look at whether the host's end is up",
  },
  {
    name: 'check-ignores-host-address',
    of: ofInterface,
    does: 'CHECK does not look at addresses of the host',
  },
  {
    name: 'check-ignores-host-route',
    of: ofInterface,
    does: 'CHECK does not look at routes of the host',
  },
  {
    name: 'check-ignores-neighbours',
    of: ofInterface,
    does: 'CHECK does not look at neighbours of the host',
  },
  {
    name: 'check-ignores-rules',
    of: ofInterface,
    does: 'CHECK does not look at rules of the firewall',
  },
  { name: 'check-ignores-queues', of: ['chained'], does: 'CHECK does not look at queues' },
  {
    name: 'check-finds-link-by-address',
    of: ofInterface,
    does: 'CHECK takes the interface that has the address, whatever its name',
  },
  { name: 'check-skips-delegate', of: ofInterface, does: 'CHECK does not ask the IPAM plugin' },
  {
    name: 'check-delegate-without-prevresult',
    of: ofInterface,
    does: 'CHECK asks the IPAM plugin without prevResult',
  },
  {
    name: 'check-ignores-delegate-failure',
    of: ofInterface,
    does: 'CHECK does not tell that the IPAM plugin failed',
  },
  {
    name: 'check-ignores-reservation',
    of: ['ipam'],
    does: 'CHECK does not look whether addresses are reserved',
  },
  {
    name: 'gc-stops-at-delegate-failure',
    of: ofInterface,
    does: 'GC asks the IPAM plugin first, and does nothing when that fails',
  },
  { name: 'gc-skips-delegate', of: ofInterface, does: 'GC does not ask the IPAM plugin' },
  {
    name: 'gc-delegate-without-list',
    of: ofInterface,
    does: 'GC asks the IPAM plugin without the list',
  },
  { name: 'del-skips-delegate', of: ofInterface, does: 'DEL does not ask the IPAM plugin' },
  {
    name: 'add-failure-without-delegate-del',
    of: ofInterface,
    does: 'when the IPAM plugin fails ADD, it is not executed with DEL',
  },
  { name: 'delegate-without-args', of: ofInterface, does: 'the IPAM plugin gets no CNI_ARGS' },
  {
    name: 'delegate-other-interface-name',
    of: ofInterface,
    does: 'the IPAM plugin gets another CNI_IFNAME',
  },
  {
    name: 'delegate-without-other-variables',
    of: ofInterface,
    does: 'the IPAM plugin gets the variables of CNI only',
  },
  {
    name: 'delegate-gets-ipam-section-only',
    of: ofInterface,
    does: 'the IPAM plugin gets what is under ipam, and no more',
  },
  {
    name: 'delegate-gets-rounded-integers',
    of: ofInterface,
    does: 'the IPAM plugin gets large integers rounded',
  },
  {
    name: 'delegate-first-folder-only',
    of: ofInterface,
    does: 'the IPAM plugin is looked for in the first folder of CNI_PATH',
  },
  {
    name: 'delegate-from-path',
    of: ofInterface,
    does: 'the IPAM plugin is looked for in PATH and in the working folder too',
  },
  {
    name: 'delegate-stderr-lost-when-it-succeeds',
    of: ofInterface,
    does: 'what the IPAM plugin writes on standard error is lost when it succeeds',
  },
  {
    name: 'delegate-stderr-lost-when-it-fails',
    of: ofInterface,
    does: 'what the IPAM plugin writes on standard error is lost when it fails',
  },
] as const satisfies readonly Mutant[];

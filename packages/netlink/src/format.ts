/** Operations as the text that an operator could type: for logs, plans and goldens. */
import { formatLinkCreate, formatLinkSet } from './format-link.ts';
import { formatRoute } from './format-route.ts';
import { formatRule } from './format-rule.ts';
import type { AddressSpec, NeighbourSpec, Operation } from './state.ts';

const familyFlag = (address: string): string => (address.includes(':') ? '-6' : '-4');

function formatAddress(verb: string, address: AddressSpec): string {
  const words = [`ip ${familyFlag(address.address)} address ${verb} ${address.address}`];
  words.push(`dev ${address.link}`);
  if (verb === 'replace') {
    if (address.scope) words.push(`scope ${address.scope}`);
    if (address.nodad) words.push('nodad');
    if (address.noprefixroute) words.push('noprefixroute');
  }
  return words.join(' ');
}

function formatNeighbour(verb: string, neighbour: NeighbourSpec): string {
  const what = `ip ${familyFlag(neighbour.address)} neighbour ${verb} ${neighbour.address}`;
  const mac = verb === 'replace' ? ` lladdr ${neighbour.mac} nud permanent` : '';
  return `${what}${mac} dev ${neighbour.link}`;
}

/** One line of shell, or several joined by ` && ` where `ip` needs several commands for one operation. */
export function formatOperation(operation: Operation): string {
  switch (operation.op) {
    case 'link.create':
      return formatLinkCreate(operation.link);
    case 'link.set':
      return formatLinkSet(operation.link);
    case 'link.delete':
      return `ip link delete dev ${operation.name}`;
    case 'address.put':
      return formatAddress('replace', operation.address);
    case 'address.delete':
      return formatAddress('delete', operation.address);
    case 'route.put':
      return formatRoute('replace', operation.route);
    case 'route.delete':
      return formatRoute('delete', operation.route);
    case 'rule.put':
      return formatRule('add', operation.rule);
    case 'rule.delete':
      return formatRule('delete', operation.rule);
    case 'neighbour.put':
      return formatNeighbour('replace', operation.neighbour);
    case 'neighbour.delete':
      return formatNeighbour('delete', operation.neighbour);
    case 'sysctl.set':
      return `sysctl -w ${operation.sysctl.name}=${quote(operation.sysctl.value)}`;
  }
}

function quote(text: string): string {
  return /^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

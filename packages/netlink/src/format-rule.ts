/** Rules as `ip rule` commands. */
import type { RuleSpec } from './state.ts';

function markWords(rule: RuleSpec): string[] {
  if (rule.fwmark === undefined) return [];
  const mask = rule.fwmask === undefined ? '' : `/0x${rule.fwmask.toString(16)}`;
  return [`fwmark 0x${rule.fwmark.toString(16)}${mask}`];
}

function actionWords(rule: RuleSpec): string[] {
  if (rule.action !== 'lookup') return [rule.action];
  const words = [`lookup ${rule.table ?? 254}`];
  if (rule.suppressPrefixLength !== undefined) {
    words.push(`suppress_prefixlength ${rule.suppressPrefixLength}`);
  }
  return words;
}

export function formatRule(verb: 'add' | 'delete', rule: RuleSpec): string {
  const words = [`ip ${rule.family === 'inet' ? '-4' : '-6'} rule ${verb}`];
  words.push(`priority ${rule.priority}`, `from ${rule.from ?? 'all'}`);
  if (rule.to !== undefined) words.push(`to ${rule.to}`);
  if (rule.iif !== undefined) words.push(`iif ${rule.iif}`);
  if (rule.oif !== undefined) words.push(`oif ${rule.oif}`);
  words.push(...markWords(rule), ...actionWords(rule));
  if (rule.protocol !== undefined) words.push(`protocol ${rule.protocol}`);
  return words.join(' ');
}

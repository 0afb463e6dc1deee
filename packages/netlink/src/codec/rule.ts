/** RTM_NEWRULE, DELRULE, GETRULE. linux/fib_rules.h */
import { formatIp, parsePrefix } from '../inet.ts';
import type { Family, RuleSpec } from '../state.ts';
import { type Attributes, BodyWriter, decodeAttributes, textOf, u32Of } from './attributes.ts';
import { familyName, familyNumber } from './family.ts';
import { NLM_F_CREATE, NLM_F_DUMP, NLM_F_EXCL, type Request } from './message.ts';

export const RTM_NEWRULE = 32;
export const RTM_DELRULE = 33;
const RTM_GETRULE = 34;

const FRA = {
  to: 1,
  from: 2,
  iif: 3,
  goto: 4,
  priority: 6,
  fwmark: 10,
  tunnelId: 12,
  suppressGroup: 13,
  suppressPrefixLength: 14,
  table: 15,
  fwmask: 16,
  oif: 17,
  l3mdev: 19,
  uidRange: 20,
  protocol: 21,
  ipProtocol: 22,
  sourcePorts: 23,
  destinationPorts: 24,
} as const;
const FIB_RULE_INVERT = 2;
const NO_SUPPRESS = 0xffff_ffff;

const actions = { lookup: 1, blackhole: 6, unreachable: 7, prohibit: 8 } as const;

/** Attributes that the model has no word for: a rule with one of them is not reported. */
const unspoken = [
  FRA.goto,
  FRA.tunnelId,
  FRA.uidRange,
  FRA.ipProtocol,
  FRA.sourcePorts,
  FRA.destinationPorts,
];

function encode(rule: RuleSpec, type: number, flags: number): Request {
  const from = rule.from === undefined ? undefined : parsePrefix(rule.from);
  const to = rule.to === undefined ? undefined : parsePrefix(rule.to);
  const table = rule.action === 'lookup' ? (rule.table ?? 254) : 0;
  const writer = new BodyWriter().u8(familyNumber(rule.family)).u8(to?.length ?? 0);
  writer
    .u8(from?.length ?? 0)
    .u8(0)
    .u8(table > 255 ? 0 : table);
  writer.u8(0).u8(0).u8(actions[rule.action]).u32(0);
  writer.attributeU32(FRA.priority, rule.priority);
  if (to?.length) writer.attribute(FRA.to, to.bytes);
  if (from?.length) writer.attribute(FRA.from, from.bytes);
  if (table > 0) writer.attributeU32(FRA.table, table);
  if (rule.iif !== undefined) writer.attributeText(FRA.iif, rule.iif);
  if (rule.oif !== undefined) writer.attributeText(FRA.oif, rule.oif);
  if (rule.fwmark !== undefined) writer.attributeU32(FRA.fwmark, rule.fwmark);
  if (rule.fwmask !== undefined) writer.attributeU32(FRA.fwmask, rule.fwmask);
  if (rule.suppressPrefixLength !== undefined) {
    writer.attributeU32(FRA.suppressPrefixLength, rule.suppressPrefixLength);
  }
  if (rule.protocol !== undefined) writer.attributeU8(FRA.protocol, rule.protocol);
  return { type, flags, body: writer.body() };
}

/** EEXIST says that an equal rule is there (without NLM_F_EXCL the kernel would add it twice). */
export function encodeRulePut(rule: RuleSpec): Request {
  return encode(rule, RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL);
}

export function encodeRuleDelete(rule: RuleSpec): Request {
  return encode(rule, RTM_DELRULE, 0);
}

export function encodeRuleDump(family: Family): Request {
  const body = new BodyWriter().u8(familyNumber(family)).u8(0).u8(0).u8(0).u32(0).u32(0).body();
  return { type: RTM_GETRULE, flags: NLM_F_DUMP, body };
}

function decodeMark(attributes: Attributes): Partial<RuleSpec> {
  const fwmark = u32Of(attributes.get(FRA.fwmark));
  const fwmask = u32Of(attributes.get(FRA.fwmask));
  if (fwmark === undefined && !fwmask) return {};
  return { fwmark: fwmark ?? 0, fwmask: fwmask ?? 0xffff_ffff };
}

function decodeSelector(body: Buffer, attributes: Attributes): Partial<RuleSpec> {
  const from = attributes.get(FRA.from);
  const to = attributes.get(FRA.to);
  const iif = textOf(attributes.get(FRA.iif));
  const oif = textOf(attributes.get(FRA.oif));
  return {
    ...(from ? { from: `${formatIp(from)}/${body[2]}` } : {}),
    ...(to ? { to: `${formatIp(to)}/${body[1]}` } : {}),
    ...(iif ? { iif } : {}),
    ...(oif ? { oif } : {}),
    ...decodeMark(attributes),
  };
}

/** `undefined` for rules that the model cannot say: inverted, goto, ports, type of service and others. */
export function decodeRule(body: Buffer): RuleSpec | undefined {
  const family = familyName(body[0]!);
  const names = Object.keys(actions) as (keyof typeof actions)[];
  const action = names.find((name) => actions[name] === body[7]);
  const attributes = decodeAttributes(body, 12);
  const invert = body.readUInt32LE(8) & FIB_RULE_INVERT;
  const l3mdev = attributes.get(FRA.l3mdev)?.[0];
  if (!family || !action || invert || body[3] !== 0 || l3mdev) return undefined;
  if (unspoken.some((type) => attributes.has(type))) return undefined;
  if ((u32Of(attributes.get(FRA.suppressGroup)) ?? NO_SUPPRESS) !== NO_SUPPRESS) return undefined;
  const suppress = u32Of(attributes.get(FRA.suppressPrefixLength)) ?? NO_SUPPRESS;
  return {
    family,
    priority: u32Of(attributes.get(FRA.priority)) ?? 0,
    action,
    ...(action === 'lookup' ? { table: u32Of(attributes.get(FRA.table)) ?? body[4]! } : {}),
    ...decodeSelector(body, attributes),
    ...(suppress === NO_SUPPRESS ? {} : { suppressPrefixLength: suppress }),
    protocol: attributes.get(FRA.protocol)?.[0] ?? 0,
  };
}

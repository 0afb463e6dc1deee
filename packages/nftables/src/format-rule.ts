import { formatExpression, soleMember } from './format-expression.ts';
import type { Expression, JsonObject, ParsedRule } from './ruleset.ts';

/**
 * The text of a rule as `nft list` prints it, without its comment, so that a person can read it and
 * {@link Rule.text} can be compared with it. Counters are shown without their values. A statement that is not
 * known is shown as its JSON.
 */
export function formatRule(rule: Pick<ParsedRule, 'statements'>): string {
  return rule.statements.map(formatStatement).join(' ');
}

function formatStatement(statement: JsonObject): string {
  const [kind, value] = soleMember(statement);
  const body = (value ?? {}) as JsonObject;
  switch (kind) {
    case 'match':
      return formatMatch(body);
    case 'mangle':
      return `${formatExpression(body['key'] ?? null)} set ${formatExpression(body['value'] ?? null, isMark(body['key']))}`;
    case 'vmap':
      return `${formatExpression(body['key'] ?? null)} vmap ${formatExpression(body['data'] ?? null, isMark(body['key']))}`;
    case 'set':
      return `${body['op']} ${body['set']} { ${formatExpression(body['elem'] ?? null)} }`;
    case 'snat':
    case 'dnat':
      return formatNat(kind, body);
    case 'masquerade':
    case 'redirect':
      return [kind, formatNatTail(body)].filter(Boolean).join(' ');
    case 'counter':
      return typeof value === 'string' ? `counter name "${value}"` : 'counter';
    case 'reject':
      return formatReject(body);
    case 'limit':
      return `limit rate ${body['inv'] === true ? 'over ' : ''}${body['rate']}/${body['per']}`;
    case 'log':
      return [
        'log',
        ...Object.entries(body).map(([key, v]) => `${key} ${key === 'prefix' ? `"${v}"` : v}`),
      ].join(' ');
    default:
      return formatExpression(statement);
  }
}

function formatMatch(match: JsonObject): string {
  const left = match['left'] ?? null;
  const hex = isMark(left);
  const right = singleton(match['right'] ?? null);
  const value = isName(left) ? quoted(right) : formatExpression(right, hex);
  const masked = maskedFlags(left);
  if (masked !== undefined)
    return `${masked.field} ${match['op'] === '!=' ? '!= ' : ''}${value} / ${masked.mask}`;
  const explicit =
    match['op'] === '!=' || match['op'] === '<' || match['op'] === '>' || isMasked(left);
  return `${formatExpression(left, hex)} ${explicit ? `${match['op']} ` : ''}${value}`;
}

/** `tcp flags syn / syn,ack` is how nft prints `tcp flags & (syn | ack) == syn`. */
function maskedFlags(left: Expression): { field: string; mask: string } | undefined {
  const operands = (left as JsonObject | null)?.['&'];
  if (!Array.isArray(operands) || operands.length !== 2) return undefined;
  const field = formatExpression(operands[0] ?? null);
  if (field !== 'tcp flags') return undefined;
  return { field, mask: formatExpression(operands[1] ?? null) };
}

/** A set of one element is the element: versions differ in which they print. */
function singleton(right: Expression): Expression {
  const set = (right as JsonObject | null)?.['set'];
  const only = Array.isArray(set) && set.length === 1 ? set[0] : undefined;
  return only ?? right;
}

function quoted(right: Expression): string {
  if (typeof right === 'string') return right.startsWith('@') ? right : `"${right}"`;
  const set = (right as JsonObject | null)?.['set'];
  if (Array.isArray(set)) return `{ ${set.map(quoted).join(', ')} }`;
  return formatExpression(right);
}

function formatNat(kind: string, body: JsonObject): string {
  const family = body['family'] === undefined ? '' : ` ${body['family']}`;
  const address = formatExpression(body['addr'] ?? null);
  const tail = formatNatTail({ ...body, port: null });
  const port = body['port'] ?? null;
  const bracketed = port !== null && address.includes(':') ? `[${address}]` : address;
  const to = `${bracketed}${port === null ? '' : `:${formatExpression(port)}`}`;
  return [`${kind}${family} to ${to}`, tail].filter(Boolean).join(' ');
}

function formatNatTail(body: JsonObject): string {
  const port = body['port'] ?? null;
  const flags = [body['flags'] ?? []].flat().join(',');
  return [port === null ? '' : `to :${formatExpression(port)}`, flags].filter(Boolean).join(' ');
}

function formatReject(body: JsonObject): string {
  if (body['type'] === undefined || body['expr'] === 'port-unreachable') return 'reject';
  if (body['type'] === 'tcp reset') return 'reject with tcp reset';
  return `reject with ${body['type']} ${body['expr']}`;
}

function isMark(expression: Expression | undefined): boolean {
  if (typeof expression !== 'object' || expression === null || Array.isArray(expression))
    return false;
  const [kind, value] = soleMember(expression);
  if (kind === 'meta' || kind === 'ct') return (value as JsonObject)['key'] === 'mark';
  return Array.isArray(value) && value.some((operand) => isMark(operand));
}

function isMasked(expression: Expression): boolean {
  return typeof expression === 'object' && expression !== null && '&' in expression;
}

function isName(expression: Expression): boolean {
  const key = ((expression as JsonObject | null)?.['meta'] as JsonObject | undefined)?.['key'];
  return key === 'iifname' || key === 'oifname' || key === 'iif' || key === 'oif';
}

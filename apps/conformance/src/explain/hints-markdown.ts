import type { JsonObject } from '@vcn-cni/cni-conformance';

/** The reference of a hints file, from its JSON schema: a row a key, those of an object after it. */
export function hintsMarkdown(schema: JsonObject): string {
  const rows = rowsOf(schema, '');
  return [
    '| key | type | default | meaning |',
    '|---|---|---|---|',
    ...rows.map((cells) => `| ${cells.map(escaped).join(' | ')} |`),
    '',
  ].join('\n');
}

type Row = readonly [string, string, string, string];

function rowsOf(schema: JsonObject, prefix: string): Row[] {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonObject>;
  const required = (schema['required'] ?? []) as string[];
  return Object.entries(properties).flatMap(([name, value]) => {
    const items = value['items'] as JsonObject | undefined;
    const inner = items?.['properties'] ? items : value;
    const path = `${prefix}${name}`;
    const row: Row = [
      `\`${path}\``,
      typeOf(value),
      required.includes(name) && prefix !== '' ? 'required' : defaultOf(value),
      String(value['description'] ?? items?.['description'] ?? ''),
    ];
    return [row, ...rowsOf(inner, `${path}${inner === items ? '[]' : ''}.`)];
  });
}

function typeOf(schema: JsonObject): string {
  const { type, enum: choices, items, minimum, maximum } = schema;
  if (Array.isArray(choices)) return choices.join(', ');
  if (type === 'array') return `list of ${typeOf(items as JsonObject)}`;
  const large = typeof maximum === 'number' && maximum >= Number.MAX_SAFE_INTEGER;
  if (typeof minimum === 'number')
    return large ? `${type} from ${minimum}` : `${type} from ${minimum} to ${maximum}`;
  return String(type ?? 'any');
}

function defaultOf({ default: value, type }: JsonObject): string {
  const isEmpty = value === undefined || (typeof value === 'object' && type !== 'integer');
  return isEmpty ? '' : `\`${JSON.stringify(value)}\``;
}

const escaped = (cell: string): string => cell.replaceAll('|', '\\|');

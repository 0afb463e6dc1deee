/** Every single setting of the schema, under its path, its environment variable and its flag. */
import * as z from 'zod';
import { configSchema } from './schema.ts';

export interface Setting {
  /** `log.level`. */
  path: string;
  /** `VCN_CNI_LOG_LEVEL`. */
  variable: string;
  /** `--log-level`. */
  flag: string;
  type: 'string' | 'number' | 'boolean' | 'list';
  choices?: string[];
  description: string;
  default?: unknown;
}

interface Node {
  type?: string;
  properties?: Record<string, Node>;
  anyOf?: Node[];
  enum?: string[];
  const?: string;
  description?: string;
  default?: unknown;
}

export function listSettings(): Setting[] {
  return walk(z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as Node, []);
}

function walk(node: Node, path: string[]): Setting[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const here = [...path, key];
    if (child.properties) return walk(child, here);
    const words = here.map((word) => word.replaceAll(/([A-Z])/g, '-$1').toLowerCase());
    const flag = `--${words.join('-')}`;
    const choices = child.enum ?? (child.const === undefined ? undefined : [child.const]);
    return {
      path: here.join('.'),
      variable: `VCN_CNI_${flag.slice(2).replaceAll('-', '_').toUpperCase()}`,
      flag,
      type: typeOf(child),
      ...(choices && { choices }),
      description: child.description ?? '',
      ...(child.default !== undefined && { default: child.default }),
    };
  });
}

function typeOf(node: Node): Setting['type'] {
  if (node.type === 'array') return 'list';
  if (node.type === 'boolean') return 'boolean';
  if (node.type === 'string') return 'string';
  return 'number';
}

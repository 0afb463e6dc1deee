import { type Fields, fieldsOf } from './fields-of.ts';
import type { Result, ResultDocument } from './result.ts';

const optional = {
  result: ['interfaces', 'ips', 'routes', 'dns'],
  interfaces: ['mac', 'mtu', 'sandbox', 'socketPath', 'pciID'],
  ips: ['gateway', 'interface'],
  routes: ['gw', 'mtu', 'advmss', 'priority', 'table', 'scope'],
  dns: ['nameservers', 'domain', 'search', 'options'],
};

/** A checked document as `Result`: null and an interface index of -1 become "absent". */
export function tidyResult(document: ResultDocument): Result {
  const result: Fields = tidy(document, optional.result);
  for (const list of ['interfaces', 'ips', 'routes'] as const) {
    const entries = result[list] as unknown[] | undefined;
    if (entries) result[list] = entries.map((entry) => tidy(fieldsOf(entry), optional[list]));
  }
  if (result['dns']) result['dns'] = tidy(fieldsOf(result['dns']), optional.dns);
  return result as Result;
}

function tidy(fields: Fields, keys: readonly string[]): Fields {
  const rest = { ...fields };
  for (const key of keys) {
    if (rest[key] === null || (key === 'interface' && rest[key] === -1)) delete rest[key];
  }
  return rest;
}

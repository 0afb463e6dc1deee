import { type Fields, fieldsOf, withoutNulls } from './fields-of.ts';
import type { Result, ResultDocument } from './result.ts';

const optional = {
  result: ['interfaces', 'ips', 'routes', 'dns'],
  interfaces: ['mac', 'mtu', 'sandbox', 'socketPath', 'pciID'],
  ips: ['gateway', 'interface'],
  routes: ['gw', 'mtu', 'advmss', 'priority', 'table', 'scope'],
};

export const optionalDnsFields = ['nameservers', 'domain', 'search', 'options'];

/** A checked document as `Result`: null and an interface index of -1 become "absent". */
export function tidyResult(document: ResultDocument): Result {
  const result = withoutNulls(document, optional.result);
  for (const list of ['interfaces', 'ips', 'routes'] as const) {
    const entries = result[list] as Fields[] | undefined;
    if (entries) result[list] = entries.map((entry) => withoutNulls(entry, optional[list]));
  }
  for (const ip of (result['ips'] ?? []) as Fields[]) {
    if (ip['interface'] === -1) delete ip['interface'];
  }
  if (result['dns']) result['dns'] = withoutNulls(fieldsOf(result['dns']), optionalDnsFields);
  return result as Result;
}

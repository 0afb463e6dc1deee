import { type CniVersion, compareVersions } from '@vcn-cni/cni-spec';
import type { JsonObject } from '../evidence.ts';

type Place = 'result' | 'interfaces' | 'ips' | 'routes';

interface Span {
  place: Place;
  names: readonly string[];
  since?: CniVersion;
  until?: CniVersion;
}

/** Fields of a result that not every version has. */
const spans: readonly Span[] = [
  { place: 'result', names: ['ip4', 'ip6'], until: '0.2.0' },
  { place: 'result', names: ['interfaces', 'ips', 'routes'], since: '0.3.0' },
  { place: 'ips', names: ['version'], until: '0.4.0' },
  { place: 'interfaces', names: ['mtu', 'socketPath', 'pciID'], since: '1.1.0' },
  { place: 'routes', names: ['mtu', 'advmss', 'priority', 'table', 'scope'], since: '1.1.0' },
];

export interface ForeignFields {
  /** Details that a newer version added to a shape that is otherwise the same. */
  readonly added: readonly string[];
  /** What makes it a result of another shape. */
  readonly shape: readonly string[];
}

/** Fields of a result that another version has and this one has not, as `ips[].version`; those of none are vendors'. */
export function foreignFields(result: JsonObject, version: CniVersion): ForeignFields {
  const isAdded = ({ since }: Span) => since === '1.1.0';
  return {
    added: fieldsOutside(spans.filter(isAdded), result, version),
    shape: fieldsOutside(
      spans.filter((each) => !isAdded(each)),
      result,
      version,
    ),
  };
}

function fieldsOutside(some: readonly Span[], result: JsonObject, version: CniVersion): string[] {
  return some
    .filter(({ since, until }) => !isWithin(version, since, until))
    .flatMap(({ place, names }) =>
      names
        .filter((name) => objectsAt(result, place).some((each) => name in each))
        .map((name) => (place === 'result' ? name : `${place}[].${name}`)),
    );
}

const isWithin = (version: CniVersion, since?: CniVersion, until?: CniVersion): boolean =>
  (!since || compareVersions(version, since) >= 0) &&
  (!until || compareVersions(version, until) <= 0);

function objectsAt(result: JsonObject, place: Place): JsonObject[] {
  if (place === 'result') return [result];
  // Before 0.3.0 routes are part of an address.
  return [result, result['ip4'], result['ip6']].filter(isObject).flatMap((each) => {
    const list = each[place];
    return Array.isArray(list) ? list.filter(isObject) : [];
  });
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

import { type CniVersion, resultSchemas } from '@vcn-cni/cni-spec';
import type { JsonObject } from '../evidence.ts';
import type { Call, PluginHarness } from '../plugin-harness.ts';
import { expectSuccess } from './expect-success.ts';
import { Finding } from './finding.ts';
import { foreignFields } from './foreign-fields.ts';
import { seen } from './seen.ts';

/**
 * That an ADD succeeded and printed one result in the shape of a version, by default that of the configuration; the
 * result. Throws Finding: `refused`, `hangs`, `no-result`, `not-one-document`, `wrong-shape`, `foreign-field`,
 * `newer-field`.
 */
export function expectResult(
  on: Pick<PluginHarness, 'version'>,
  call: Call,
  version: CniVersion = on.version,
): JsonObject {
  expectSuccess(call);
  if (call.stdout.trim() === '') {
    throw new Finding('no-result', `${call.verb} should print a result; ${seen(call)}`);
  }
  const { document } = call;
  if (document === undefined) {
    throw new Finding(
      'not-one-document',
      `standard output should be one JSON document; ${seen(call)}`,
    );
  }
  const faults = [...shapeFaults(document, version), ...nulls(document)];
  if (faults.length > 0) {
    throw new Finding(
      'wrong-shape',
      `the result is not in the shape of ${version}: ${faults.join('; ')}; ${seen(call)}`,
    );
  }
  const result = document as JsonObject;
  const foreign = foreignFields(result, version);
  for (const [key, fields] of [
    ['foreign-field', foreign.shape],
    ['newer-field', foreign.added],
  ] as const) {
    if (fields.length === 0) continue;
    throw new Finding(key, `a result of ${version} has no ${fields.join(', ')}; ${seen(call)}`);
  }
  return result;
}

function shapeFaults(document: unknown, version: CniVersion): string[] {
  const { error } = resultSchemas[version].safeParse(document);
  if (error) return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const result = document as JsonObject;
  if (typeof result['code'] === 'number') return ['it is an error'];
  if (!/^0\.(?:3|4)\./.test(version)) return [];
  return ((result['ips'] ?? []) as JsonObject[]).flatMap(({ version: family, address }, index) => {
    const wanted = String(address).includes(':') ? '6' : '4';
    return family === wanted ? [] : [`ips.${index}.version: expected "${wanted}"`];
  });
}

/** The specification knows no null; the schemas take it, as readers do. */
function nulls(value: unknown, path = ''): string[] {
  if (value === null) return [`${path || 'the result'}: null`];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    nulls(inner, path ? `${path}.${key}` : key),
  );
}

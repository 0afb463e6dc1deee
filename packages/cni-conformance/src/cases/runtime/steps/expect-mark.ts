import { Finding } from '../../../judge/finding.ts';
import type { ProbeCall } from '../../../runtime-harness.ts';
import { markOf } from '../../../runtime-probe.ts';

/** That prevResult of a call is the marked result, or that there is none. Throws Finding with `key`. */
export function expectMark(
  { verb, plugin, config }: ProbeCall,
  mark: number | undefined,
  key: string,
): void {
  const given = config?.['prevResult'];
  if (mark === undefined ? given === undefined : markOf(given) === mark) return;
  const wanted = mark === undefined ? 'none' : `that with 10.7.0.${mark}`;
  throw new Finding(
    key,
    `prevResult of ${verb} for ${plugin} should be ${wanted}; it is ${JSON.stringify(given) ?? 'missing'}`,
  );
}

import { weigh } from '@vcn-cni/cni-conformance';
import type { RunReport, TriedCase } from '../../run-report.ts';
import { colourOf, type Paint } from './palette.ts';

/** A case in a line; what makes the run fail is in capitals. */
export function caseLine(
  each: TriedCase,
  { standard }: Pick<RunReport, 'standard'>,
  paint: Paint,
): string {
  const weight = weigh(each, standard);
  const counts = weight === 'failure' || weight === 'unexpected-pass';
  const verdict = (counts ? each.verdict.toUpperCase() : each.verdict).padEnd(9);
  const colour = counts || each.verdict !== 'fail' ? colourOf[each.verdict] : 'yellow';
  return [
    paint(counts ? 'red' : colour, verdict),
    each.level.padEnd(6),
    each.id.padEnd(27),
    each.title,
    paint('dim', `${each.durationMs} ms`),
  ].join('  ');
}

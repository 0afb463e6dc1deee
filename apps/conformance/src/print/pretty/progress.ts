import { weigh } from '@vcn-cni/cni-conformance';
import type { RunReport, TriedCase } from '../../run-report.ts';
import { subjectText } from '../subject-text.ts';
import { caseLine } from './case-line.ts';
import type { Paint } from './palette.ts';

/** Says how far a run is. */
export interface Progress {
  onCase(tried: TriedCase): void;
  end(): void;
}

export interface ProgressOptions
  extends Pick<RunReport, 'subject' | 'spec' | 'standard' | 'planned'> {
  readonly write: (text: string) => void;
  readonly paint: Paint;
  /** Where the last line can be written again: there passes only count. */
  readonly columns?: number;
}

/** A line a case; on a terminal one for each that is not a pass, and a counter below. */
export function createProgress(options: ProgressOptions): Progress {
  const { write, paint, planned, columns } = options;
  const clear = columns === undefined ? '' : '\r\u001b[K';
  write(`${subjectText(options)}: ${planned === 1 ? '1 case' : `${planned} cases`}\n`);
  let done = 0;
  return {
    onCase(tried) {
      done++;
      if (columns === undefined) return write(`${caseLine(tried, options, paint)}\n`);
      const isQuiet = tried.verdict === 'pass' && weigh(tried, options.standard) === 'none';
      const line = isQuiet ? '' : `${caseLine(tried, options, paint)}\n`;
      const counter = `${done} of ${planned}  ${tried.id}  ${tried.title}`.slice(0, columns - 1);
      write(`${clear}${line}${paint('dim', counter)}`);
    },
    end: () => write(clear),
  };
}

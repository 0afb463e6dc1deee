import { availableParallelism } from 'node:os';
import type { Level } from '@vcn-cni/cni-conformance';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** What `plugin` and `runtime` share, as commander leaves it. */
export interface RunFlags {
  readonly only: readonly string[];
  readonly section: readonly string[];
  readonly level: Level;
  readonly spec?: '0.4.0' | '1.0.0' | '1.1.0';
  readonly expectedFailures?: string;
  readonly jobs: number;
  readonly json: boolean;
  readonly tap: boolean;
  /** True without a file: to standard output. */
  readonly junit?: string | true;
  readonly html?: string;
  readonly verbose: boolean;
}

const words = (text: string, before: readonly string[]): readonly string[] => [
  ...before,
  ...text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
];

const levels: readonly Level[] = ['MUST', 'SHOULD', 'MAY'];

/** In any letter case, as RFC 2119 is read here. */
function level(text: string): Level {
  const found = levels.find((each) => each === text.toUpperCase());
  if (found) return found;
  throw new InvalidArgumentError(`expected ${levels.join(', ')}.`);
}

function jobs(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
  throw new InvalidArgumentError('expected a number from 1 to 64.');
}

/** Adds the options to a command. */
export const addRunOptions = (command: Command): Command =>
  command
    .optionsGroup('Which cases:')
    .option('--only <ids>', 'cases, requirements or groups: DEL-05/path-gone,ADD-04,VER', words, [])
    .option('--section <names>', 'sections, by number or by a part of the heading', words, [])
    .addOption(
      new Option('--spec <version>', 'the version that is held').choices([
        '0.4.0',
        '1.0.0',
        '1.1.0',
      ]),
    )
    .optionsGroup('What counts:')
    .addOption(
      new Option('--level <level>', 'failures of this level and above make the exit code 1')
        .choices(levels)
        .argParser(level)
        .default('MUST'),
    )
    .option('--expected-failures <file>', 'ids of cases, one a line; a pass of one fails the run')
    .optionsGroup('Output:')
    .option('--json', 'print one JSON object', false)
    .option('--tap', 'print TAP 14', false)
    .option('--junit [file]', 'write JUnit XML, to standard output without a file')
    .option('--html <file>', 'write a page for people')
    .option('--verbose', 'print the evidence of every case, as lines for a shell', false)
    .optionsGroup('Besides:')
    .option(
      '--jobs <n>',
      'cases at the same time (one with --here)',
      jobs,
      Math.min(availableParallelism(), 8),
    );

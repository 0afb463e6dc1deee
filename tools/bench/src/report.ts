import type { Figures } from './measure.ts';

/** The figures for people, with how they came about. */
export function formatReport(
  figures: Figures & { pairs: number; loadAverageBefore: number },
): string {
  const { median, ratio, daemonMegabytes, pairs, loadAverageBefore } = figures;
  const lines = [
    `Medians of ${pairs} interleaved pairs, exec to exit by posix_spawn from Node (its own cost is in both);`,
    `load average before: ${loadAverageBefore.toFixed(2)}. Only the ratios are worth comparing between machines.`,
    '',
    ...Object.entries(median).map(
      ([name, ms]) => `${name.padEnd(16)} ${ms.toFixed(2).padStart(8)} ms`,
    ),
    '',
    `ADD, ours to ptp + host-local   ${ratio['add']!.toFixed(3)}`,
    `DEL, ours to ptp + host-local   ${ratio['del']!.toFixed(3)}`,
    `daemon, resident                ${daemonMegabytes.toFixed(0)} MB`,
    '',
  ];
  return `${lines.join('\n')}\n`;
}

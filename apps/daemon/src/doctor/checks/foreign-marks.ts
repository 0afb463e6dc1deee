import type { Check } from '../check.ts';

const target = /-j (?:MARK|CONNMARK) --(?:set-x?mark|or-mark) (0x[0-9a-f]+)(?:\/(0x[0-9a-f]+))?/i;

/** Packet filter rules of others that write the bit of ours. */
export const foreignMarks: Check = {
  id: 'foreign-marks',
  find({ filter, settings }) {
    const lines = filter.saves.flatMap(({ backend, text }) =>
      text.split('\n').flatMap((line) => {
        const [, value, mask] = target.exec(line) ?? [];
        if (value === undefined || line.startsWith('-A VCN-CNI-')) return [];
        // Without a mask the whole mark is written, our bit with it.
        const written = mask === undefined ? 0xffffffff : Number(mask);
        return (written & settings.mark) === 0 ? [] : [`${backend}: ${line.trim()}`];
      }),
    );
    if (lines.length === 0) return [];
    return [
      {
        severity: 'warning',
        evidence: `rules of others write bit 0x${settings.mark.toString(16)} of the mark: ${lines.slice(0, 3).join('; ')}${lines.length > 3 ? ` and ${lines.length - 3} more` : ''}`,
        remedy:
          'give those rules a mask, or set another bit as mark in the configuration of vcn-cnid',
      },
    ];
  },
};

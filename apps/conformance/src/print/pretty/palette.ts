import type { Verdict } from '@vcn-cni/cni-conformance';

export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold';

const codes: Readonly<Record<Colour, number>> = {
  ...{ red: 31, green: 32, yellow: 33, cyan: 36, dim: 2, bold: 1 },
};

/** Text in a colour, or as it is. */
export type Paint = (colour: Colour, text: string) => string;

export const createPaint =
  (coloured: boolean): Paint =>
  (colour, text) =>
    coloured ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text;

export const colourOf: Readonly<Record<Verdict, Colour>> = {
  ...{ pass: 'green', fail: 'red', deviation: 'yellow', skip: 'dim', flake: 'yellow' },
};

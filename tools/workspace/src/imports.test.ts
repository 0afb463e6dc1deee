import { expect, test } from 'vitest';
import { importsOf } from './imports.ts';

test('every form of import counts, comments and strings do not', () => {
  const text = `
    import a from './a.ts';
    import type { B } from 'b';
    export * from "@x/c/driver";
    const d = await import('node:fs');
    // import 'commented';
    const e = "import 'quoted'";
  `;
  expect(importsOf(text)).toEqual(['./a.ts', 'b', '@x/c/driver', 'node:fs']);
});

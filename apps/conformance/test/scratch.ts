import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of files for one test file, removed when it is disposed of. */
export interface Scratch extends Disposable {
  readonly path: (name: string) => string;
  /** Path of a file with that text, or of that document. */
  file(name: string, content: string | object): string;
  /** Path of a program for sh. */
  program(name: string, script: string): string;
}

export function openScratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  const path = (name: string) => join(folder, name);
  const file = (name: string, content: string | object, mode = 0o644) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(path(name), text, { mode });
    return path(name);
  };
  return {
    path,
    file: (name, content) => file(name, content),
    program: (name, script) => file(name, `#!/bin/sh\n${script}\n`, 0o755),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

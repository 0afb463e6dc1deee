/** Plugins for tests: shell scripts that write down how they were called and answer what they are told. */
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Call {
  type: string;
  environment: Record<string, string>;
  request: Record<string, unknown>;
  stdin: string;
}

export interface Probe extends AsyncDisposable {
  /** A folder for CNI_PATH. */
  folder: string;
  /** Makes a plugin that runs `body` after it has noted its call. */
  plugin(type: string, body: string): Promise<void>;
  calls(): Promise<Call[]>;
}

export async function createProbe(): Promise<Probe> {
  const folder = await mkdtemp(join(tmpdir(), 'probe-'));
  return {
    folder,
    async plugin(type, body) {
      const file = join(folder, type);
      await writeFile(
        file,
        `#!/bin/sh
number=$(ls ${folder} | grep -c '\\.env$')
call=${folder}/$(printf %03d "$number")-${type}
cat > "$call.stdin"
env > "$call.env"
${body}
`,
      );
      await chmod(file, 0o755);
    },
    async calls() {
      const files = (await readdir(folder)).filter((name) => name.endsWith('.env')).sort();
      return Promise.all(files.map((name) => readCall(join(folder, name.slice(0, -4)))));
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function readCall(file: string): Promise<Call> {
  const stdin = await readFile(`${file}.stdin`, 'utf8');
  const lines = (await readFile(`${file}.env`, 'utf8')).split('\n').filter((line) => line !== '');
  return {
    type: file.slice(file.lastIndexOf('/') + 5),
    stdin,
    request: JSON.parse(stdin),
    environment: Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ),
  };
}

/** Shell that prints a document. */
export function answer(document: unknown): string {
  return `printf %s '${JSON.stringify(document)}'`;
}

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../src/command-line.ts';
import { type FencedBlock, fencedBlocks } from '../src/fenced-blocks.ts';
import { isolation } from '../src/isolation.ts';
import { promisedOutput } from '../src/promised-output.ts';
import { root } from '../src/root.ts';
import { readWorkspace, type WorkspacePackage } from '../src/workspace.ts';

const workspace = readWorkspace(root);
const scripts = (JSON.parse(workspace.read('package.json')) as { scripts: Record<string, string> })
  .scripts;

describe.for(workspace.packages)('README of $folder', (found) => {
  const file = `${found.folder}/README.md`;
  const blocks = workspace.files.includes(file) ? fencedBlocks(workspace.read(file)) : [];

  test('begins with an example of at most ten lines', { timeout: 60_000 }, () => {
    const [first] = blocks;
    expect(first, `the first fenced block of ${file}`).toBeDefined();
    expect(first!.lines.length, 'lines of the example').toBeLessThanOrEqual(10);
    const fences = found.folder.startsWith('packages/')
      ? ['ts', 'ts kernel']
      : ['ts', 'ts kernel', 'sh'];
    expect(fences, 'fence of the example').toContain(first!.info);
    if (first!.info === 'sh') for (const line of first!.lines) tryCommand(found, line);
  });

  blocks.forEach((block, index) => {
    if (!/^ts(?: |$)/.test(block.info)) return;
    test(`example ${index + 1} does what it says`, { timeout: 60_000 }, () => {
      runExample(found, block);
    });
  });
});

function runExample({ folder }: WorkspacePackage, { info, lines }: FencedBlock): void {
  const command = [process.execPath, '--conditions=@vcn-cni/source'];
  const [file = '', ...words] = info === 'ts kernel' ? [...isolation(), ...command] : command;
  const printed = execFileSync(file, [...words, '--input-type=module-typescript', '-'], {
    cwd: join(root, folder),
    encoding: 'utf8',
    input: lines.join('\n'),
    timeout: 50_000,
  });
  let rest = squeeze(printed);
  for (const piece of promisedOutput(lines).flatMap((promise) => squeeze(promise).split('...'))) {
    expect(rest).toContain(piece);
    rest = rest.slice(rest.indexOf(piece) + piece.length);
  }
}

/** How util.inspect breaks and quotes is not part of an example. */
function squeeze(text: string): string {
  return text.replaceAll(/[\s'"`]/g, '');
}

/** A command with CNI_... before it is run; of any other, its help is asked for each option. */
function tryCommand({ folder, manifest }: WorkspacePackage, line: string): void {
  if (/^\s*(?:#.*)?$/.test(line)) return;
  const { environment, words, options } = parseCommandLine(line);
  const [program = '', ...rest] = words;
  if (program === 'npm') {
    const script = rest[0] === 'run' ? rest[1] : rest[0];
    expect(Object.keys(scripts), `npm scripts, for "${line}"`).toContain(script);
    return;
  }
  const bin = manifest.bin?.[program];
  expect(bin, `bin of ${folder}/package.json, for "${line}"`).toBeDefined();
  const source = bin!.replace('dist/', 'src/').replace(/\.js$/, '.ts');
  const asked = Object.keys(environment).length > 0 ? rest : [...rest, '--help'];
  const printed = execFileSync(
    process.execPath,
    ['--conditions=@vcn-cni/source', source, ...asked],
    {
      cwd: join(root, folder),
      encoding: 'utf8',
      input: '',
      env: { ...process.env, ...environment },
      timeout: 50_000,
    },
  );
  for (const option of options) expect(printed).toContain(option);
}

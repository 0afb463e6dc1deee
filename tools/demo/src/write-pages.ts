import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VcnLabNode } from '@vcn-cni/lab';
import type { Scene } from './scene.ts';
import { fillBlocks, type TracedBlock, tracedBlocks } from './traced-blocks.ts';

/**
 * Writes into the pages of a folder what `vcnctl trace` says of the nodes that are running, as seen from the first: the
 * blocks of this scene.
 */
export async function writePages(
  directory: string,
  nodes: readonly VcnLabNode[],
  scene: Scene,
): Promise<void> {
  const [first, ...others] = nodes as [VcnLabNode, ...VcnLabNode[]];
  const captures = await Promise.all(others.map((node) => capture(node, first.paths.directory)));
  const names = (await readdir(directory)).filter((name) => name.endsWith('.md'));
  for (const name of names) {
    const path = join(directory, name);
    const page = await readFile(path, 'utf8');
    const texts: (string | undefined)[] = [];
    for (const asked of tracedBlocks(page))
      texts.push(asked.scene === scene ? await trace(first, asked, captures) : undefined);
    if (texts.length > 0) await writeFile(path, fillBlocks(page, texts));
  }
}

async function capture(node: VcnLabNode, directory: string): Promise<string> {
  const file = join(directory, `${node.name}.json`);
  await writeFile(file, (await node.vcnctl('capture')).stdout);
  return file;
}

async function trace(
  node: VcnLabNode,
  { words, form }: TracedBlock,
  captures: readonly string[],
): Promise<string> {
  const { stdout, stderr } = await node.vcnctl(
    ...['trace', ...words, ...captures.flatMap((file) => ['--with', file])],
    ...(form === 'mermaid' ? ['--mermaid'] : []),
  );
  if (stdout === '') throw new Error(`vcnctl trace ${words.join(' ')}: ${stderr}`);
  return stdout;
}

import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '@vcn-cni/cni-spec';
import type { Delegate, DelegateAnswer, DelegateCall, DelegateScript } from '../delegate.ts';
import type { JsonObject } from '../evidence.ts';
import { delegateScript } from './delegate-script.ts';

/**
 * Writes a scripted plugin into `bin`, and what it keeps into `folder`; both as they are seen inside a sandbox whose
 * files are seen from here below `root`.
 */
export async function scriptedPlugin(
  { root, bin, folder }: { root: string; bin: string; folder: string },
  name: string,
  script: DelegateScript,
): Promise<Delegate> {
  const own = join(folder, name);
  const here = join(root, own);
  await mkdir(join(here, 'calls'), { recursive: true });
  await mkdir(join(root, bin), { recursive: true });
  const answer = async (answers: DelegateScript) => {
    const place = join(here, 'answers');
    const next = join(here, 'answers.next');
    await mkdir(next);
    for (const [verb, each] of Object.entries(answers)) await writeAnswer(join(next, verb), each);
    await rm(place, { recursive: true, force: true });
    await rename(next, place);
  };
  await answer(script);
  const file = join(root, bin, name);
  await writeFile(file, delegateScript(own));
  await chmod(file, 0o755);
  return {
    name,
    answer,
    async calls() {
      const names = await readdir(join(here, 'calls'));
      const found = await Promise.all(names.map((call) => readCall(join(here, 'calls', call))));
      return found.sort((a, b) => a.beganMs - b.beganMs);
    },
  };
}

async function writeAnswer(path: string, answer: DelegateAnswer): Promise<void> {
  const { exitCode, stdout, stderr, first } = answer;
  if (exitCode !== undefined) await writeFile(`${path}.exit`, String(exitCode));
  if (stdout !== undefined) await writeFile(`${path}.out`, stdout);
  if (stderr !== undefined) await writeFile(`${path}.err`, stderr);
  if (first !== undefined) await writeFile(`${path}.first`, `${first}\n`);
}

async function readCall(folder: string): Promise<DelegateCall> {
  const [environment, stdin, namespace, began, ended] = await Promise.all(
    ['environment', 'stdin', 'namespace', 'began', 'ended'].map((file) =>
      readFile(join(folder, file), 'utf8').catch(() => ''),
    ),
  );
  const variables = Object.fromEntries(
    environment!
      .split('\0')
      .filter((each) => each.includes('='))
      .map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]),
  );
  const config = objectOf(stdin!);
  return {
    verb: variables['CNI_COMMAND'] ?? '',
    environment: variables,
    stdin: stdin!,
    ...(config && { config }),
    namespace: namespace!.trim(),
    beganMs: Number(began) / 1e6,
    ...(ended && { endedMs: Number(ended) / 1e6 }),
  };
}

function objectOf(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

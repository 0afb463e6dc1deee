import type { Workspace, WorkspacePackage } from '../workspace.ts';
import type { Check } from './check.ts';

const documents = ['LICENSE', 'NOTICE', 'README.md'];

/** Every package has what a person who installs it alone needs to see. */
export const manifests: Check = {
  name: 'manifests',
  problems: (workspace) => workspace.packages.flatMap((found) => packageProblems(workspace, found)),
};

function packageProblems(workspace: Workspace, { folder, manifest }: WorkspacePackage): string[] {
  const file = `${folder}/package.json`;
  const wrong = documents
    .filter((name) => !workspace.files.includes(`${folder}/${name}`))
    .map((name) => `${folder}: has no ${name}`);
  const say = (condition: boolean, text: string) => condition && wrong.push(`${file}: ${text}`);
  say(manifest.name !== `@vcn-cni/${folder.split('/')[1]}`, 'name must be the name of its folder');
  say(manifest.license !== 'Apache-2.0', 'license must be "Apache-2.0"');
  say(manifest.type !== 'module', 'type must be "module"');
  say(manifest.engines?.['node'] !== '>=24', 'engines.node must be ">=24"');
  say(
    manifest.exports?.['./package.json'] !== './package.json',
    'exports must name "./package.json"',
  );
  if (manifest.private) return wrong;
  for (const name of ['dist', 'src', ...documents]) {
    say(!manifest.files?.includes(name), `files must name "${name}"`);
  }
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    if (subpath === './package.json') continue;
    const source = typeof target === 'object' ? target['@vcn-cni/source'] : undefined;
    say(source === undefined, `exports["${subpath}"] needs the condition "@vcn-cni/source"`);
    say(
      source !== undefined && !workspace.files.includes(`${folder}/${source.slice(2)}`),
      `exports["${subpath}"] names ${source}, which does not exist`,
    );
  }
  return wrong;
}

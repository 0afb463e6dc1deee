import { type Conflist, printJson } from '@vcn-cni/cni-spec';

/**
 * A list as text from which the same list can be parsed, with all its plugins, those of files beside it too:
 * what was added can then be deleted as it was, whatever has become of the files.
 */
export function listText(list: Conflist): string {
  const { cniVersions: _, ...fields } = list;
  return printJson(fields);
}

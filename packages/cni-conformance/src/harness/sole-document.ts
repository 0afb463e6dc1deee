import { parseJson } from '@vcn-cni/cni-spec';

/** The one JSON document of a text; undefined if there is none, or more than one. */
export function soleDocument(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

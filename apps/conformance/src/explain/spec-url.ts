import { specText } from '@vcn-cni/cni-conformance';

/** Of the sections of the pinned text, by their numbers. */
const anchors: Readonly<Record<string, string>> = {
  1: 'section-1-network-configuration-format',
  2: 'section-2-execution-protocol',
  3: 'section-3-execution-of-network-configurations',
  4: 'section-4-plugin-delegation',
  5: 'section-5-result-types',
};

/** Where a section as `Section 2: DEL` can be read. */
export function specUrl(section: string): string {
  const anchor = anchors[/^Section (\d)/.exec(section)?.[1] ?? ''];
  return anchor === undefined ? specText : `${specText}#${anchor}`;
}

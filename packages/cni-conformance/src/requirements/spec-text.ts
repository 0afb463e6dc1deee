/**
 * The text that is cited. Released versions do not change, but SPEC.md at 1.1.0 goes on being edited: what was
 * added after the release (`disableGC`, `loadOnlyInlinedPlugins`, the stronger words on DEL) is cited from this commit.
 */
export const specCommit = '3f51e88';

/** Where a heading of the pinned SPEC.md can be read. */
export const specText = `https://github.com/containernetworking/cni/blob/${specCommit}/SPEC.md`;

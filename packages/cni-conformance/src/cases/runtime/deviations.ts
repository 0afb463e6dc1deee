import type { Deviation } from '../../run/deviation.ts';

const everyone = 'every runtime built on libcni, the Go library of the specification';
const callers = 'commands that add nothing to libcni, as cnitool';
const libcni = 'https://github.com/containernetworking/cni/blob/main/libcni/api.go';

/** Known of all runtimes. */
export const runtimeDeviations: readonly Deviation[] = [
  {
    ...{ id: 'CFG-08/integers', key: 'field-changed', who: everyone },
    why: 'it reads a plugin into a map and writes it again: numbers become doubles on the way',
    references: [libcni],
  },
  {
    ...{ id: 'REQ-04', key: 'capabilities-kept', who: everyone },
    why: 'it inserts runtimeConfig, and leaves capabilities where they are',
    references: [libcni],
  },
  {
    ...{ id: 'DEL-02/of-names', key: 'result-of-another', who: everyone },
    why: 'the file of a result has the names of network, container and interface joined by hyphens, which each may hold',
    references: [libcni],
  },
  {
    ...{ id: 'ADD-05', key: 'added-twice', who: callers },
    why: 'it leaves the order of operations to its caller; the plugin has to refuse',
    references: [libcni],
  },
  {
    ...{ id: 'CHK-08/before-add', key: 'checked', who: callers },
    why: 'without a result that it kept it executes CHECK without prevResult',
    references: [libcni],
  },
  {
    ...{ id: 'CHK-08/after-del', key: 'checked', who: callers },
    why: 'without a result that it kept it executes CHECK without prevResult',
    references: [libcni],
  },
  {
    ...{ id: 'LIF-02/same-container', key: 'at-once', who: callers },
    why: 'it locks nothing: its caller has to',
    references: [libcni],
  },
  {
    ...{ id: 'LIF-03', key: 'at-once', who: callers },
    why: 'it locks nothing: its caller has to',
    references: [libcni],
  },
  {
    ...{ id: 'LIF-07/edited', key: 'configuration-changed', who: callers },
    why: 'it keeps the list of an ADD, and uses for DEL the one that it is given',
    references: [libcni],
  },
];

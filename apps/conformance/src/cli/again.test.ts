import { expect, it } from 'vitest';
import { again } from './again.ts';

it.each([
  [
    ['plugin', '--bin', 'a b', '--config', 'c', '--json', '--only', 'DEL'],
    "plugin --bin 'a b' --config c",
  ],
  [['plugin', '--junit', '--bin', 'x', '--jobs=4'], 'plugin --bin x'],
  [['plugin', '--junit', 'f.xml', '--html=p', '--tap', '--spec', '1.0.0'], 'plugin --spec 1.0.0'],
  [['runtime', '--add', '', '--verbose'], "runtime --add ''"],
])('%j', (argv, words) => {
  expect(again('cni-conformance', argv)('DEL-01')).toBe(
    `cni-conformance ${words} --only DEL-01 --verbose`,
  );
});

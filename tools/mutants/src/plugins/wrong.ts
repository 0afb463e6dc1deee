import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import type { MutantName } from '../mutants/all-mutants.ts';
import type { World } from './plugin.ts';

type Suffix<Name> = Name extends `check-ignores-${infer What}` ? What : never;

/** Something that CHECK found, by the names of the mutants that do not see it. */
export interface Wrong {
  readonly kinds: readonly Suffix<MutantName>[];
  readonly what: string;
}

/** Throws CniError 106 that names all that was found. */
export function expectNothing(world: World, msg: string, found: readonly Wrong[]): void {
  const wrong = found.filter(
    ({ kinds }) => !kinds.some((kind) => world.is(`check-ignores-${kind}`)),
  );
  if (wrong.length === 0) return;
  throw new CniError(ErrorCode.StateDiffers, msg, wrong.map(({ what }) => what).join('; '));
}

/** The case does not apply, or cannot be tried here. */
export class Skip extends Error {
  override readonly name = 'Skip';
}

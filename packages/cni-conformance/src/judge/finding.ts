/** Something that does not conform. */
export class Finding extends Error {
  override readonly name = 'Finding';
  readonly key: string;

  /**
   * @param key in words with hyphens, as `version-not-echoed`: by it a finding is known again, among deviations too.
   * @param message what was seen, with the values.
   */
  constructor(key: string, message: string) {
    super(message);
    this.key = key;
  }
}

/** Where everyone differs from the text in the same way, so that it says little about one plugin. */
export interface Deviation {
  /** Of the case. */
  readonly id: string;
  /** Of the finding. */
  readonly key: string;
  /** Who differs. */
  readonly who: string;
  /** Why, and where it is talked about. */
  readonly why: string;
  readonly references: readonly string[];
}

/** What an item must carry to stand in a chain; an item stands in at most one. */
export interface Link<T> {
  before?: T | undefined;
  behind?: T | undefined;
}

/**
 * A queue whose items can leave from the middle, every step O(1). A Map or Set keeps order too, but finding its first
 * item walks over the holes that deletions leave at its front.
 */
export class Chain<T extends Link<T>> {
  first: T | undefined;
  last: T | undefined;
  length = 0;

  push(item: T): void {
    item.before = this.last;
    item.behind = undefined;
    if (this.last) this.last.behind = item;
    else this.first = item;
    this.last = item;
    this.length++;
  }

  remove(item: T): void {
    if (item.before) item.before.behind = item.behind;
    else this.first = item.behind;
    if (item.behind) item.behind.before = item.before;
    else this.last = item.before;
    item.before = undefined;
    item.behind = undefined;
    this.length--;
  }
}

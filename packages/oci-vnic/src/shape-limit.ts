/** What of a shape says how many VNICs an instance may have (ListShapes). */
export interface ShapeFacts {
  maxVnicAttachments?: number;
  /** Flexible shapes only. */
  maxVnicAttachmentOptions?: { min?: number; max?: number; defaultPerOcpu?: number };
}

/**
 * How many VNICs an instance may have, its primary included. For a flexible shape that is so many per OCPU, between the
 * bounds of the shape: `maxVnicAttachments` alone counts too few there. A shape that tells nothing has one.
 * Throws RangeError if a flexible shape comes without a number of OCPUs.
 */
export function vnicLimit(shape: ShapeFacts, ocpus?: number): number {
  const options = shape.maxVnicAttachmentOptions;
  if (options?.defaultPerOcpu === undefined) return shape.maxVnicAttachments ?? options?.max ?? 1;
  if (ocpus === undefined || !(ocpus > 0))
    throw new RangeError(
      `ocpus is ${ocpus}: a flexible shape has so many VNICs per OCPU, give their number`,
    );
  const { min = 1, max = Number.POSITIVE_INFINITY, defaultPerOcpu } = options;
  return Math.min(max, Math.max(min, Math.floor(ocpus * defaultPerOcpu)));
}

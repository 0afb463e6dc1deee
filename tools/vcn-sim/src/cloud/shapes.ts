/** A shape as far as networking goes. Source: Oracle's page on compute shapes. */
export interface Shape {
  name: string;
  kind: 'vm' | 'bm';
  /** VNICs, the primary among them; of a flexible shape the number of the smallest instance. */
  maxVnicAttachments: number;
  /** Flexible shapes: VNICs grow with OCPUs, from `min` to `max`. */
  perOcpu?: { min: number; max: number; defaultPerOcpu: number };
  networkPorts: number;
}

const vm = (name: string, maxVnicAttachments: number): Shape => ({
  name,
  kind: 'vm',
  maxVnicAttachments,
  networkPorts: 1,
});
const flex = (name: string, defaultPerOcpu = 1): Shape => ({
  ...vm(name, 2),
  perOcpu: { min: 2, max: 24, defaultPerOcpu },
});
const bm = (name: string, maxVnicAttachments: number): Shape => ({
  name,
  kind: 'bm',
  maxVnicAttachments,
  networkPorts: 2,
});

export const shapes: readonly Shape[] = [
  flex('VM.Standard3.Flex'),
  flex('VM.Standard.E4.Flex'),
  flex('VM.Standard.E5.Flex'),
  flex('VM.Standard.A1.Flex'),
  flex('VM.Optimized3.Flex', 2),
  vm('VM.DenseIO.E4.Flex', 8),
  vm('VM.Standard.E2.1.Micro', 1),
  vm('VM.Standard2.4', 4),
  bm('BM.Standard.E5.192', 256),
  bm('BM.GPU2.2', 28),
];

/** VNICs that an instance of the shape may have, the primary among them. */
export function vnicsOf(shape: Shape, ocpus: number): number {
  const grown = shape.perOcpu;
  if (!grown) return shape.maxVnicAttachments;
  return Math.min(grown.max, Math.max(grown.min, Math.floor(ocpus * grown.defaultPerOcpu)));
}

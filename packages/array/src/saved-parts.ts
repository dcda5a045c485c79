import type { Tensor } from '@tensorflow/tfjs';

type Named = Readonly<Record<string, Tensor>>;

/** Tensors of a part, named in the whole. */
export const underPrefix = (prefix: string, of: Named): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(of).map(([name, tensor]) => [prefix + name, tensor]));

/** The way back: the tensors of a part by its own names. */
export const savedParts = (prefix: string, saved: Named): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(saved).flatMap(([name, tensor]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), tensor]] : [],
    ),
  );

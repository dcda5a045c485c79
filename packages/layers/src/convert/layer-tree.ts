import type * as tf from '@tensorflow/tfjs';

/** A layer that holds weights of its own, with the names of the layers around it. */
export interface Leaf {
  /** `outer/inner`, unique in the network; the cell of a recurrent layer goes by the name of the layer. */
  readonly path: string;
  readonly layer: tf.layers.Layer;
}

/** Layers inside a layer: of a model, a wrapper, a recurrent layer. */
interface Holder {
  readonly layers?: tf.layers.Layer[];
  readonly layer?: tf.layers.Layer;
  readonly forwardLayer?: tf.layers.Layer;
  readonly backwardLayer?: tf.layers.Layer;
  readonly cell?: tf.layers.Layer;
  readonly cells?: tf.layers.Layer[];
}

/** The layers of a network that hold no others, each once, in the order of the network. */
export function leavesOf(network: tf.LayersModel): readonly Leaf[] {
  const seen = new Set<tf.layers.Layer>();
  const visit = (layer: tf.layers.Layer, path: string): Leaf[] => {
    if (seen.has(layer)) return [];
    seen.add(layer);
    const { layers, forwardLayer, backwardLayer, layer: wrapped, cell, cells } = layer as Holder;
    if (cell) return visit(cell, path);
    const held =
      layers ?? cells ?? (forwardLayer ? [forwardLayer, backwardLayer!] : wrapped ? [wrapped] : []);
    return held.length === 0 ? [{ path, layer }] : held.flatMap((l) => visit(l, `${path}/${l.name}`));
  };
  return network.layers.flatMap((layer) => visit(layer, layer.name));
}

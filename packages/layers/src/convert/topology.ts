import type * as tf from '@tensorflow/tfjs';

/** A layer as models are saved. */
export interface LayerJson {
  class_name: string;
  readonly config: Record<string, unknown>;
}

/**
 * The topology of a network of which the classes of some layers are others.
 *
 * @param classOf the class of a layer. @param path names of the layers around it and its own, `outer/inner`
 * @param inputShape of its samples, where it is to be another
 */
export function topologyWith(
  model: tf.LayersModel,
  classOf: (layer: LayerJson, path: string) => string,
  inputShape?: readonly number[],
): tf.io.ModelJSON {
  const topology = model.toJSON(null, false) as unknown as LayerJson;
  const visit = (node: LayerJson, path: string): void => {
    node.class_name = classOf(node, path);
    const { cell, cells, layers, layer } = node.config;
    for (const held of layersIn(cell)) visit(held, path);
    for (const held of layersIn(cells, layers, layer)) visit(held, `${path}/${nameOf(held)}`);
  };
  for (const layer of layersIn(topology.config['layers'])) {
    visit(layer, nameOf(layer));
    if (inputShape && layer.config['batch_input_shape']) layer.config['batch_input_shape'] = [null, ...inputShape]; // prettier-ignore
  }
  return topology as unknown as tf.io.ModelJSON;
}

const layersIn = (...held: readonly unknown[]): LayerJson[] =>
  held.flat().filter((x): x is LayerJson => typeof (x as LayerJson | undefined)?.class_name === 'string');

const nameOf = ({ config }: LayerJson): string => String(config['name']);

import { PluginError } from '@txsim/core';

/** A tensor of another layer that a layer was applied to: name, which application of it, which output, arguments. */
type Inbound = [name: string, node: number, tensor: number, rest?: Record<string, unknown>];

interface LayerJson {
  class_name: string;
  readonly config: {
    activation?: unknown;
    causal?: boolean;
    readonly name?: string;
    readonly groups?: number;
    readonly layers?: LayerJson[];
    readonly attention_axes?: readonly number[] | null;
  };
  inbound_nodes?: Inbound[][];
}

/**
 * A copy of a topology that tfjs can read and that ends in logits. Keras keeps the network under `model_config`, and older
 * ones its layers alone.
 *
 * @throws PluginError STACK_INVALID naming file and layer, if a layer has what cannot be read
 */
export function readable(path: string, topology: { model_config?: object }): object {
  const copy = structuredClone(topology);
  const { config } = (copy.model_config ?? copy) as LayerJson;
  const layers = config.layers ?? (config as unknown as LayerJson[]);
  const last = layers.at(-1);
  if (last?.config.activation === 'softmax') last.config.activation = 'linear';
  for (const layer of all(layers)) {
    const fail = (detail: string): never => {
      throw new PluginError('STACK_INVALID', path, `${layer.config.name}: ${detail}`);
    };
    separateGroups(layer, fail);
    if (layer.class_name === 'MultiHeadAttention') listInputs(layer, fail);
  }
  return copy;
}

const all = (layers: readonly LayerJson[]): LayerJson[] =>
  layers.flatMap((layer) => [layer, ...all(layer.config.layers ?? [])]);

/** tfjs drops `groups` of a convolution; the layer of this name in @txsim/layers has them. */
function separateGroups(layer: LayerJson, fail: (detail: string) => never): void {
  if ((layer.config.groups ?? 1) === 1) return;
  if (layer.class_name !== 'Conv2D') fail(`groups of a ${layer.class_name} cannot be read`);
  layer.class_name = 'GroupedConv2D';
}

/**
 * Keras names the values and keys of attention among its arguments, as [layer, node, tensor], and the layer of
 * @txsim/layers has them in a list behind the queries.
 */
function listInputs(layer: LayerJson, fail: (detail: string) => never): void {
  const { attention_axes: axes } = layer.config;
  if (axes && axes.join() !== '1')
    fail(`attention over the axes ${axes.join(', ')} cannot be read, only over 1`);
  layer.inbound_nodes = layer.inbound_nodes?.map((inputs) => {
    const [[name, node, tensor, given = {}], ...listed] = inputs as [Inbound, ...Inbound[]];
    const { value, key, use_causal_mask: causal, attention_mask: mask } = given;
    if (mask) fail('an attention mask cannot be read');
    if (causal) layer.config.causal = true;
    const named = [value, key ?? undefined].filter((input) => input !== undefined) as Inbound[];
    return [[name, node, tensor, {}], ...listed, ...named.map(([n, i, t]): Inbound => [n, i, t, {}])];
  });
}

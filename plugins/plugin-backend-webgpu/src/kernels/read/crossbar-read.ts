import type * as tf from '@tensorflow/tfjs';
import { inputNames, positions, READ_INPUTS, type ReadAttributes } from '@txsim/ops';
import { kernelConfig } from '../arguments.js';
import type { WebgpuBackend } from '../backend.js';
import { foldPatches } from '../fold.js';
import { currentsShape } from '../tile-product.js';
import { sumTiles } from '../tile-sum.js';
import { convert, driveNorms } from './convert.js';
import { driven } from './drive.js';

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** The result where there are no vectors. */
function empty(backend: WebgpuBackend, { grid, direction, geometry }: ReadAttributes): tf.TensorInfo {
  const forward = direction === 'forward';
  const images = geometry && !forward ? [0, geometry.height, geometry.width, geometry.channels] : undefined;
  const shape = images ?? [0, forward ? grid.outputs : grid.inputs];
  return backend.makeTensorInfo(shape, 'float32', new Float32Array(0));
}

/**
 * `crossbarRead` of @txsim/ops in three programs, and one more for each further readout and each norm that is asked for:
 * scale and drive (with the unfolding of images), products with read noise and ADC, the digital sum.
 */
export const crossbarRead = kernelConfig<Inputs, ReadAttributes>(
  'TxCrossbarRead',
  (backend, inputs, attributes) => {
    const { grid, direction, geometry, readouts, scale, unit } = attributes;
    const lines = inputs['lines']!;
    if (lines.shape[0] === 0) return empty(backend, attributes);
    const forward = direction === 'forward';
    const { volts, scales } = driven(backend, lines, attributes, forward ? grid.inputs : grid.outputs);
    const asksForNorm = readouts.some(({ expression }) =>
      inputNames(expression).includes(READ_INPUTS.driveNorm),
    );
    const norm = asksForNorm ? driveNorms(backend, volts, attributes) : undefined;
    const vectors = lines.shape[0]! * (geometry && forward ? positions(geometry) : 1);
    const sum = backend.makeTensorInfo(currentsShape(attributes, vectors), 'float32');
    readouts.forEach((readout, q) => {
      const { [`matrix${q}`]: matrix, [`squares${q}`]: squares, fullScale } = inputs;
      const channel = { ...readout, matrix: matrix!, squares, fullScale: fullScale! };
      convert(backend, channel, volts, norm, attributes, q > 0, sum);
    });
    const factor = { unit: scale === 'absMax' ? unit : Math.fround(scale) * Math.fround(unit), scales };
    const y = sumTiles(backend, sum, attributes, factor);
    const out = geometry && !forward ? foldPatches(backend, y, geometry) : y;
    for (const t of [volts, scales, norm, sum, out === y ? undefined : y])
      if (t) backend.disposeData(t.dataId);
    return out;
  },
);

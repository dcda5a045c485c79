import {
  CELL_VOLTS,
  type CurvedCells,
  type CurvedCurrents,
  type CurvedProducts,
  type Readout,
} from '@txsim/core';
import { evaluate, tileProduct, toTileColumns, toTileRows, type Direction, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { adjacentCurrents } from './adjacent-columns.js';

type Planes = readonly tf.Tensor4D[];

/** Volts on the driven lines [batch, lines] → the currents of plane p, amperes, [tileRows, tileColumns, batch, lines]. */
export type PlaneCurrents = (volts: tf.Tensor2D, plane: number) => tf.Tensor4D;

/** Where currents are f(V) · Geff; f(V) = V where cells are linear. */
export const asProducts =
  (effective: Planes, grid: TileGrid, direction: Direction, cells: CurvedCells | undefined): PlaneCurrents =>
  (volts, p) => {
    const driven = cells ? evaluate(cells.current, { [CELL_VOLTS]: volts }, volts.shape) : volts;
    return tileProduct(driven as tf.Tensor2D, effective[p]!, grid, direction);
  };

/** Where currents are sums of products. @param matrices those of a plane, one for each term, after those of the plane before */
export const asSums =
  ({ terms }: CurvedProducts, matrices: Planes, grid: TileGrid, direction: Direction): PlaneCurrents =>
  (volts, p) =>
    tf.addN(
      terms.map((term, k) => {
        const driven = evaluate(term, { [CELL_VOLTS]: volts }, volts.shape) as tf.Tensor2D;
        return tileProduct(driven, matrices[p * terms.length + k]!, grid, direction);
      }),
    );

/** Where every vector is a network to be solved; of planes in adjacent columns, once for each. */
export const asNetworks =
  (
    { currents }: Exclude<CurvedCurrents, CurvedProducts>,
    conducting: Planes,
    grid: TileGrid,
    direction: Direction,
    adjacent?: boolean,
  ): PlaneCurrents =>
  (volts, p) => {
    const lines = direction === 'forward' ? toTileRows(volts, grid) : toTileColumns(volts, grid);
    const [, , count, driven] = lines.shape;
    const everywhere = tf.broadcastTo(lines, [grid.tileRows, grid.tileColumns, count, driven]) as tf.Tensor4D;
    if (adjacent) return adjacentCurrents(everywhere, conducting, p, direction, currents);
    return currents(everywhere, conducting[p]!, direction);
  };

/** The current that the converters of a readout see, of those of the planes. */
export const behind = ({ planes }: Readout, of: (plane: number) => tf.Tensor): tf.Tensor4D =>
  tf.addN(planes.flatMap((weight, p) => (weight === 0 ? [] : [tf.mul<tf.Tensor4D>(of(p), weight)])));

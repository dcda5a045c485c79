import { greatest, greatestMagnitude } from './greatest.js';
import type { LineLadders } from './line-ladders.js';
import type { ClosedForm, ErrorKind } from './methods.js';
import { approximateModel, sneakBound } from './solve-aam.js';
import { alphaBeta } from './solve-alpha-beta.js';
import { dmr } from './solve-dmr.js';
import { idealCurrents, idealErrorBound } from './solve-ideal.js';
import { jeong } from './solve-jeong.js';
import { ladder2ErrorEnvelope, ladder2Of } from './solve-ladder2.js';
import { ladderErrorEnvelope, ladderOf } from './solve-ladder.js';
import { seriesResistance } from './solve-series.js';

const matrices: Record<ClosedForm, (ladders: LineLadders) => Float64Array> = {
  ideal: ({ crossbar }) => crossbar.conductances,
  ladder: (ladders) => ladderOf(ladders).effective,
  ladder2: (ladders) => ladder2Of(ladders).effective,
  aam: approximateModel,
  'alpha-beta': ({ crossbar }) => alphaBeta(crossbar),
  dmr: ({ crossbar }) => dmr(crossbar),
  jeong: ({ crossbar }) => jeong(crossbar),
  series: ({ crossbar }) => seriesResistance(crossbar),
};

/** The effective matrix of a closed form, [M·N] siemens. */
export function closedForm(method: ClosedForm, ladders: LineLadders): Float64Array {
  return matrices[method](ladders);
}

export const errorKindOf = (method: ClosedForm): ErrorKind =>
  method === 'ladder' || method === 'ladder2' ? 'estimate' : 'proved';

const envelopes = { ladder: ladderErrorEnvelope, ladder2: ladder2ErrorEnvelope };

/**
 * How far the currents V · `effective` of a closed form may be from the network's, amperes, over all drives.
 *
 * `ladder` and `ladder2`: their envelopes. `ideal`: its bound. The others: their distance from the short paths alone,
 * B, and the bound of what B lacks.
 */
export function closedFormError(
  method: ClosedForm,
  ladders: LineLadders,
  effective: Float64Array,
  drives: readonly Float64Array[],
): number {
  if (method === 'ladder' || method === 'ladder2') {
    return (
      envelopes[method](ladders.severity) * greatest(drives.map((drive) => uncancelled(effective, drive)))
    );
  }
  if (method === 'ideal') return greatest(drives.map((drive) => idealErrorBound(ladders, drive)));
  const missing = sneakBound(ladders);
  const direct = approximateModel(ladders);
  return greatest(
    drives.map((drive) => {
      const largest = greatestMagnitude(drive);
      const [given, short] = [idealCurrents(effective, drive), idealCurrents(direct, drive)];
      return greatest(missing.map((siemens, j) => siemens * largest + Math.abs(given[j]! - short[j]!)));
    }),
  );
}

/** No entry of the network's matrix is further than this from `effective`, or is expected to be; siemens. */
export function closedFormEntryError(
  method: ClosedForm,
  ladders: LineLadders,
  effective: Float64Array,
): number {
  if (method === 'ladder' || method === 'ladder2') {
    return envelopes[method](ladders.severity) * greatestMagnitude(effective);
  }
  const { rows } = ladders.crossbar;
  if (method === 'ideal') return closedFormError(method, ladders, effective, unitDrives(rows));
  const direct = approximateModel(ladders);
  return greatest(sneakBound(ladders)) + greatest(effective.map((g, k) => Math.abs(g - direct[k]!)));
}

/** The largest current that |V| drives. */
export function uncancelled(effective: Float64Array, drive: Float64Array): number {
  return greatestMagnitude(idealCurrents(effective, drive.map(Math.abs)));
}

/** One volt on each driven line in turn. */
export function unitDrives(rows: number): Float64Array[] {
  return Array.from({ length: rows }, (_, i) => new Float64Array(rows).fill(1, i, i + 1));
}

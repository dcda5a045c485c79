/** One measured train on one device: the conductance before the first and after each pulse. */
export interface MeasuredTrain {
  readonly device: string;
  readonly repeat: string;
  /** 1 for a potentiating pulse, 0 for a depressing one; one less than there are conductances. */
  readonly up: readonly (0 | 1)[];
  /** Siemens. */
  readonly conductances: readonly number[];
}

/** What is wrong with a measurement, with the line of the file. */
export class MeasurementError extends Error {
  override readonly name = 'MeasurementError';
}

const UNITS: Readonly<Record<string, number>> = { S: 1, mS: 1e-3, uS: 1e-6, µS: 1e-6, nS: 1e-9 };
const DIRECTIONS: Readonly<Record<string, 0 | 1 | undefined>> = {
  set: 1,
  '1': 1,
  '+1': 1,
  reset: 0,
  '-1': 0,
  '': undefined,
  '0': undefined,
};

/**
 * Reads pulse data. The first line names the columns, in any order; lines that begin with # are comments:
 *
 *     device,repeat,pulse,conductance_uS
 *     d1,1,,10.02            the state before a train: no pulse
 *     d1,1,set,10.31         the state after a potentiating pulse (set or +1)
 *     d1,1,reset,10.05       after a depressing one (reset or -1)
 *
 * `conductance_S`, `_mS`, `_uS` and `_nS` say the unit. `device` and `repeat` may be left out where there is one. Lines
 * of one device and repeat are in the order of time; a line without a pulse begins a new train.
 *
 * @throws MeasurementError naming the line
 */
export function parseMeasurement(text: string): MeasuredTrain[] {
  const lines = text
    .split(/\r?\n/)
    .map((line, i) => ({ number: i + 1, cells: line.split(',').map((cell) => cell.trim()), line }))
    .filter(({ line }) => line.trim() !== '' && !line.startsWith('#'));
  const [header, ...rows] = lines;
  if (!header) throw new MeasurementError('the file is empty');
  const columns = columnsOf(header.cells);
  const trains = new Map<string, { device: string; repeat: string; up: (0 | 1)[]; conductances: number[] }>();
  const done: MeasuredTrain[] = [];
  for (const { cells, number } of rows) {
    const at = (column: number | undefined): string => (column === undefined ? '' : (cells[column] ?? ''));
    const [device, repeat] = [at(columns.device), at(columns.repeat)];
    const key = `${device}\n${repeat}`;
    const direction = directionOf(at(columns.pulse), number);
    const g = Number(at(columns.conductance)) * columns.unit;
    if (!(g > 0 && Number.isFinite(g)) || at(columns.conductance) === '')
      throw new MeasurementError(`line ${number}: expected a conductance > 0, got "${at(columns.conductance)}"`); // prettier-ignore
    const train = trains.get(key);
    if (direction === undefined) {
      if (train) done.push(train);
      trains.set(key, { device, repeat, up: [], conductances: [g] });
    } else if (train) {
      train.up.push(direction);
      train.conductances.push(g);
    } else {
      throw new MeasurementError(
        `line ${number}: a train begins with the state before its first pulse, a line without a pulse`,
      );
    }
  }
  const all = [...done, ...trains.values()].filter(({ up }) => up.length > 0);
  if (all.length === 0) throw new MeasurementError('there is no pulse in the file');
  return all;
}

function columnsOf(cells: readonly string[]) {
  const find = (name: string): number | undefined => {
    const at = cells.indexOf(name);
    return at < 0 ? undefined : at;
  };
  const conductance = cells.findIndex((cell) => cell.startsWith('conductance'));
  const unit = UNITS[cells[conductance]?.replace(/^conductance_?/, '') ?? ''];
  const [device, repeat, pulse] = [find('device'), find('repeat'), find('pulse')];
  if (pulse === undefined || unit === undefined) {
    throw new MeasurementError(
      `line 1: expected the columns pulse and conductance_S (or _mS, _uS, _nS), and perhaps device and repeat; got ${cells.join(', ')}`,
    );
  }
  return { device, repeat, pulse, conductance, unit };
}

function directionOf(cell: string, line: number): 0 | 1 | undefined {
  if (cell in DIRECTIONS) return DIRECTIONS[cell];
  throw new MeasurementError(`line ${line}: expected the pulse set, reset, +1 or -1, or none; got "${cell}"`);
}

import type { WireNetwork } from '@txsim/circuit-models';

/**
 * An array as a netlist for ngspice: voltages V[M] behind the word lines, ammeters (sources of 0 V) behind the bit lines,
 * `row`, `column`, `source` and `sink` where `docs/reference/wire-solver.md` draws them; all resistances above 0.
 *
 * The operating point prints i(vs0) … i(vs<N−1>), the currents out of the bit lines in amperes.
 */
export function netlistOf(
  conductances: readonly (readonly number[])[],
  voltages: readonly number[],
  { row, column, source, sink }: WireNetwork,
): string {
  const [M, N] = [conductances.length, conductances[0]!.length];
  const lines = ['* crossbar'];
  const resistor = (name: string, a: string, b: string, ohms: number): void => void lines.push(`R${name} ${a} ${b} ${ohms}`); // prettier-ignore
  for (let i = 0; i < M; i++) {
    lines.push(`Vd${i} d${i} 0 ${voltages[i]}`);
    resistor(`s${i}`, `d${i}`, `t${i}`, source);
    for (let j = 0; j < N; j++) {
      resistor(`w${i}_${j}`, j === 0 ? `t${i}` : `u${i}_${j - 1}`, `u${i}_${j}`, row);
      resistor(`g${i}_${j}`, `u${i}_${j}`, `v${i}_${j}`, 1 / conductances[i]![j]!);
      resistor(`b${i}_${j}`, `v${i}_${j}`, i === M - 1 ? `e${j}` : `v${i + 1}_${j}`, column);
    }
  }
  for (let j = 0; j < N; j++) {
    resistor(`k${j}`, `e${j}`, `f${j}`, sink);
    lines.push(`Vs${j} f${j} 0 0`);
  }
  const currents = Array.from({ length: N }, (_, j) => `print i(vs${j})`);
  const control = ['.control', 'set numdgt=15', 'op', ...currents, 'quit', '.endc', '.end', ''];
  return [...lines, '.options reltol=1e-12 abstol=1e-18 vntol=1e-15 gmin=1e-20', ...control].join('\n');
}

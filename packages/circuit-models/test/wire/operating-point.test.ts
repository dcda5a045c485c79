import { describe, expect, it } from 'vitest';
import { operatingPoints, solveArray } from '../../src/wire/index.js';
import { problemOf, randomArray, randomNumbers } from './support/arrays.js';

describe.each([undefined, { kind: 'sinh', beta: 2 }] as const)(
  'the maps of an array obey Ohm and Kirchhoff (%o)',
  (iv) => {
    const random = randomNumbers(8);
    const array = randomArray(random, { rows: [7, 7], columns: [5, 5], signed: true });
    const problem = { ...problemOf(array), ...(iv && { iv }) };
    const { row, column, source, sink } = array.network;
    const points = operatingPoints(problem);

    it('there is one [M][N] of each for each vector', () => {
      expect(points).toHaveLength(2);
      for (const map of Object.values(points[0]!) as number[][][]) {
        expect([map.length, map[0]!.length]).toEqual([7, 5]);
      }
    });

    it('segments carry what drops over them', () => {
      points.forEach(({ driven, sensed, drivenWires, sensedWires }, k) => {
        for (let i = 0; i < 7; i++) {
          for (let j = 0; j < 5; j++) {
            const ahead = j === 0 ? array.voltages[k]![i]! : driven[i]![j - 1]!;
            const ohms = j === 0 ? source + row : row;
            expect(drivenWires[i]![j]! * ohms).toBeCloseTo(ahead - driven[i]![j]!, 9);
            const behind = i === 6 ? 0 : sensed[i + 1]![j]!;
            expect(sensedWires[i]![j]! * (i === 6 ? column + sink : column)).toBeCloseTo(
              sensed[i]![j]! - behind,
              9,
            );
          }
        }
      });
    });

    it('the last segments of the bit lines carry the currents of solveArray', () => {
      const { currents, errorBound } = solveArray(problem);
      points.forEach(({ sensedWires }, k) =>
        sensedWires[6]!.forEach((I, j) =>
          expect(Math.abs(I - currents[k]![j]!)).toBeLessThan(errorBound + 1e-13),
        ),
      );
    });

    it('backward, the driven lines are the bit lines', () => {
      const voltages = [array.conductances[0]!.map(random)];
      const [point] = operatingPoints({ ...problem, voltages }, { backward: true });
      const { currents, errorBound } = solveArray({ ...problem, voltages }, { backward: true });
      point!.sensedWires.forEach((line, i) =>
        expect(Math.abs(line[0]! - currents[0]![i]!)).toBeLessThan(errorBound + 1e-13),
      );
    });
  },
);

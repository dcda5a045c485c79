import { describe, expect, it } from 'vitest';
import { duration, parameter, percent, plain, points, quantity } from '../src/units.js';

describe('quantity', () => {
  it.each([
    [1e-6, 'S', '1 µS'],
    [1e-5, 'S', '10 µS'],
    [2.5, 'Ω', '2.5 Ω'],
    [12_500, 'Ω', '12.5 kΩ'],
    [0.2, 'V', '200 mV'],
    [3e-10, 'S', '300 pS'],
    [0.1 / 1e5, 'S', '1 µS'],
    [0, 'Ω', '0 Ω'],
    [-0.05, 'V', '-50 mV'],
    [Number.POSITIVE_INFINITY, 'Ω', 'Infinity Ω'],
  ])('writes %d %s as %s', (value, unit, text) => {
    expect(quantity(value, unit)).toBe(text);
  });
});

describe('parameter', () => {
  it('gives units to the keys whose unit is known', () => {
    expect(parameter(1e-6, 'smallest conductance, siemens')).toBe('1 µS');
    expect(parameter(0.2, 'voltage of a full-scale input, volts')).toBe('200 mV');
    expect(parameter(100, 'behind each bit line, ohms')).toBe('100 Ω');
  });

  it('reads row, column, source and sink as ohms in the wires only', () => {
    expect(parameter(3, 'number of rows')).toBe('3');
    expect(parameter('a file', 'source, ohms')).toBe('a file');
  });

  it('flattens lists and objects', () => {
    expect(parameter([256, 128])).toBe('256, 128');
    expect(parameter({ calibrate: 0.999, every: 500 })).toBe('calibrate 0.999, every 500');
    expect(parameter(true)).toBe('yes');
    expect(parameter(null)).toBe('none');
  });
});

describe('headline numbers', () => {
  it('write differences in points with their sign', () => {
    expect(points(-0.0321)).toBe('−3.2 points');
    expect(points(0.005)).toBe('+0.5 points');
    expect(points(-0.0001)).toBe('±0.0 points');
  });

  it('write fractions in percent, and a dash where there is none', () => {
    expect(percent(0.9236)).toBe('92.4 %');
    expect(percent(undefined)).toBe('–');
    expect(percent(Number.NaN)).toBe('–');
  });

  it('write durations in the units that fit', () => {
    expect(duration(4.24)).toBe('4.2 s');
    expect(duration(59.97)).toBe('1 min 00 s');
    expect(duration(3725)).toBe('1 h 02 min');
  });

  it('write numbers without trailing zeros', () => {
    expect(plain(0.3)).toBe('0.3');
    expect(plain(1 / 3)).toBe('0.3333');
  });
});

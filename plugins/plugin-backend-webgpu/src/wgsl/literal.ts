/** A number as the WGSL term of the float32 nearest to it; WGSL has no literals for infinities and NaN. */
export function literal(value: number): string {
  const float = Math.fround(value);
  if (Number.isNaN(float)) return 'uniforms.NAN';
  if (!Number.isFinite(float)) return float > 0 ? 'uniforms.INFINITY' : '-uniforms.INFINITY';
  // The shortest decimal of a float32 seen as a float64 names that float32 exactly.
  const sign = Object.is(float, -0) ? '-' : '';
  return `${sign}${float}f`;
}

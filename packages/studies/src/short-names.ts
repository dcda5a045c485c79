/** The last keys of each path that tell it from the others: `stack.device.nu` → `nu`, `$lines` → `lines`. */
export function shortNames(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [name, shortest(name, names)]));
}

function shortest(name: string, names: readonly string[]): string {
  const keys = name.replace(/^\$/, '').split('.');
  for (let n = 1; n < keys.length; n++) {
    const end = keys.slice(-n).join('.');
    if (names.every((other) => other === name || !`.${other.replace(/^\$/, '')}`.endsWith(`.${end}`)))
      return end;
  }
  return keys.join('.');
}

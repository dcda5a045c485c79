/** numpy 2.4 savez_compressed: x_train u1 [4, 2, 2] = 0 … 15, y_train i8, x_test f8, y_test i4. */
export const ARCHIVE: Uint8Array = Uint8Array.from(
  atob(
    [
      'UEsDBC0AAAAIAAAAIQDrFPpK//////////8LABQAeF90cmFpbi5ucHkBABAAkAAAAAAAAABYAAAAAAAAAJvsF+obEMnIUMZQ',
      'rZ6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GiY6CkZApKmjUKtAHuBiYGRiZmFlY+fg5OLm',
      '4eXjBwBQSwMELQAAAAgAAAAhAL7E/5P//////////wsAFAB5X3RyYWluLm5weQEAEACgAAAAAAAAAEwAAAAAAAAAm+wX6hsQ',
      'ychQxlCtnpJanFykbqWgbpNpoa6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaJjqaOgq1ChQALgYoYITSTGh8AFBL',
      'AwQtAAAACAAAACEA2JfqrP//////////CgAUAHhfdGVzdC5ucHkBABAAwAAAAAAAAABmAAAAAAAAAJvsF+obEMnIUMZQrZ6S',
      'WpxcpG6loG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CiCkqaNQq0Ae4GIAgw/2EJrBAUJxQGkBKP0A',
      'Kv9h/5+VHy/5JgXYw9QBAFBLAwQtAAAACAAAACEAYzYsCf//////////CgAUAHlfdGVzdC5ucHkBABAAiAAAAAAAAABIAAAA',
      'AAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQoUAC4m',
      'BggAAFBLAQItAy0AAAAIAAAAIQDrFPpKWAAAAJAAAAALAAAAAAAAAAAAAACAAQAAAAB4X3RyYWluLm5weVBLAQItAy0AAAAI',
      'AAAAIQC+xP+TTAAAAKAAAAALAAAAAAAAAAAAAACAAZUAAAB5X3RyYWluLm5weVBLAQItAy0AAAAIAAAAIQDYl+qsZgAAAMAA',
      'AAAKAAAAAAAAAAAAAACAAR4BAAB4X3Rlc3QubnB5UEsBAi0DLQAAAAgAAAAhAGM2LAlIAAAAiAAAAAoAAAAAAAAAAAAAAIAB',
      'wAEAAHlfdGVzdC5ucHlQSwUGAAAAAAQABADiAAAARAIAAAAA',
    ].join(''),
  ),
  (c) => c.charCodeAt(0),
);

/** Ten rows, of which b = a / 2 and the class is a modulo 3. */
export const TABLE: Uint8Array = new TextEncoder().encode(
  ['a,b,kind', ...Array.from({ length: 10 }, (_, a) => `${a}, ${a / 2}, ${a % 3}`)].join('\n'),
);

export const TEXT: Uint8Array = new TextEncoder().encode('to learn is to forget in order '.repeat(6));

/** The files of a CIFAR data set whose image i has the class i modulo the classes, and pixels that count. */
export function cifarFiles(classes: 10 | 100): (path: string) => Promise<Uint8Array> {
  const labels = classes === 10 ? 1 : 2;
  const record = labels + 3072;
  const made = new Map<number, Uint8Array>();
  const file = (count: number): Uint8Array => {
    const bytes = new Uint8Array(count * record);
    for (let i = 0; i < count; i++) {
      bytes[i * record + labels - 1] = i % classes;
      for (let p = 0; p < 3072; p++) bytes[i * record + labels + p] = (i + p * 7) % 251;
    }
    return bytes;
  };
  return async (path) => {
    const count = path.endsWith('/train.bin') ? 50_000 : 10_000;
    if (!made.has(count)) made.set(count, file(count));
    return made.get(count)!;
  };
}

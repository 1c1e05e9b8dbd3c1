/** How the numbers of a plot are written. */
export type Unit = 'perSecond' | 'milliseconds' | 'count' | 'seconds' | 'bytes' | 'bytesPerSecond';

const BYTES = ['B', 'KB', 'MB', 'GB', 'TB'];

function bytes(value: number, number: (value: number, digits: number) => string): string {
    let power = 0;
    let rest = value;
    while (rest >= 1000 && power < BYTES.length - 1) {
        rest /= 1000;
        power += 1;
    }
    return `${number(rest, rest < 10 && power > 0 ? 1 : 0)} ${BYTES[power]}`;
}

/** A value with its unit, short enough for an axis: `12.5 ms`, `3.2 MB/s`. */
export function writeValue(value: number, unit: Unit, language: string): string {
    const number = (one: number, digits: number): string =>
        new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(one);
    const plain = number(value, Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
    switch (unit) {
        case 'perSecond':
            return `${plain}/s`;
        case 'milliseconds':
            return `${plain} ms`;
        case 'seconds':
            return `${plain} s`;
        case 'count':
            return number(value, 0);
        case 'bytes':
            return bytes(value, number);
        case 'bytesPerSecond':
            return `${bytes(value, number)}/s`;
    }
}

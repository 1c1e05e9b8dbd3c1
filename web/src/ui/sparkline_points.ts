/** Where the line goes: x from 0 to `width`, y from `height` (nothing) to 0 (the most), 1/10 px. */
export function sparklinePoints(
    values: readonly number[],
    width: number,
    height: number,
): [number, number][] {
    const most = Math.max(1, ...values);
    const step = values.length > 1 ? width / (values.length - 1) : 0;
    const rounded = (value: number): number => Math.round(value * 10) / 10;
    return values.map((value, index) => [
        rounded(index * step),
        rounded(height - (Math.max(0, value) / most) * height),
    ]);
}

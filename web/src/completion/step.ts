/** The option that an arrow key leads to; -1 is the box itself, between the last and the first. */
export function stepTo(now: number, by: 1 | -1, count: number): number {
    const places = count + 1;
    return ((now + 1 + by + places) % places) - 1;
}

/** The same where the box takes no part: one of the options is always the chosen one. */
export function stepAmong(now: number, by: 1 | -1, count: number): number {
    return count === 0 ? 0 : (now + by + count) % count;
}

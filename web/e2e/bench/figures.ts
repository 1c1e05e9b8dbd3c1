/** One measurement of something that takes time. */
export interface Arrival {
    /** From the press (or the navigation) until what is asked for has been painted. */
    ms: number;
    /** Of it the processor worked for the page's own thread: the same on a busy machine. */
    workMs?: number;
    /** Cumulative layout shift meanwhile, and until the page was at rest. */
    shift: number;
}

export function median(values: readonly number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

export function inMs(value: number): string {
    return `${value.toFixed(0)} ms`;
}

export function inKb(bytes: number): string {
    return `${(bytes / 1024).toFixed(1)} KB`;
}

export function spread(values: readonly number[]): string {
    return `${inMs(median(values))} (at most ${inMs(Math.max(...values))})`;
}

export function row(name: string, value: string): void {
    console.log(`  ${name.padEnd(34)} ${value}`);
}

/** What was measured, by the name of what it is about and by whose build it was. */
export class Arrivals {
    private readonly all = new Map<string, Map<string, Arrival[]>>();

    note(name: string, subject: string, arrival: Arrival): void {
        const bySubject = this.all.get(name) ?? new Map<string, Arrival[]>();
        this.all.set(name, bySubject);
        bySubject.set(subject, [...(bySubject.get(subject) ?? []), arrival]);
    }

    print(): void {
        for (const [name, bySubject] of this.all) {
            for (const [subject, arrivals] of bySubject) {
                row(bySubject.size === 1 ? name : `${name}: ${subject}`, summary(arrivals));
            }
            const [now, before] = [...bySubject.values()].map((arrivals) =>
                median(arrivals.map(({ ms }) => ms)),
            );
            if (now !== undefined && before !== undefined) {
                row('', `${(now / before).toFixed(2)} of what it was`);
            }
        }
    }
}

function summary(arrivals: readonly Arrival[]): string {
    const works = arrivals.flatMap(({ workMs }) => workMs ?? []);
    const work = works.length === 0 ? '' : `, of it work ${inMs(median(works))}`;
    const shift = Math.max(...arrivals.map((one) => one.shift));
    return `${spread(arrivals.map(({ ms }) => ms))}${work}, layout shift ${shift.toFixed(3)}`;
}

/** The part of a list that is rendered: items from `start` up to, without, `end`. */
export interface Range {
    start: number;
    end: number;
}

/**
 * Where the items of a list are, as far as is known: measured heights, and for the rest the mean of
 * those. It outlives the list on screen, so that one comes back to the same place.
 */
export class ListLayout {
    private readonly heights = new Map<string, number>();
    private measuredSum = 0;
    private ids: readonly string[] = [];
    private offsets: number[] = [0];
    private isStale = true;

    constructor(private readonly guess: number) {}

    /** Whether a later look will see other offsets. */
    setIds(ids: readonly string[]): void {
        if (ids !== this.ids) {
            this.ids = ids;
            this.isStale = true;
        }
    }

    /** Returns whether that is news. */
    measure(id: string, height: number): boolean {
        const before = this.heights.get(id);
        if (before !== undefined && Math.abs(before - height) < 0.5) {
            return false;
        }
        this.heights.set(id, height);
        this.measuredSum += height - (before ?? 0);
        this.isStale = true;
        return true;
    }

    get total(): number {
        this.settle();
        return this.offsets[this.ids.length] ?? 0;
    }

    /** The distance of an item from the top of the list; of `length`: the end of the list. */
    offsetOf(index: number): number {
        this.settle();
        return this.offsets[index] ?? this.total;
    }

    /** The item at a distance from the top; the first or last one if there is none. */
    indexAt(offset: number): number {
        this.settle();
        let low = 0;
        let high = this.ids.length - 1;
        while (low < high) {
            const middle = (low + high + 1) >> 1;
            if ((this.offsets[middle] ?? 0) <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return Math.max(0, low);
    }

    /** The items that touch the stretch from `top` to `bottom`. */
    rangeOf(top: number, bottom: number): Range {
        if (this.ids.length === 0) {
            return { start: 0, end: 0 };
        }
        return { start: this.indexAt(top), end: this.indexAt(bottom) + 1 };
    }

    private get mean(): number {
        return this.heights.size === 0 ? this.guess : this.measuredSum / this.heights.size;
    }

    private settle(): void {
        if (!this.isStale) {
            return;
        }
        this.isStale = false;
        const { mean } = this;
        const offsets = new Array<number>(this.ids.length + 1);
        let offset = 0;
        offsets[0] = 0;
        for (const [index, id] of this.ids.entries()) {
            offset += this.heights.get(id) ?? mean;
            offsets[index + 1] = offset;
        }
        this.offsets = offsets;
    }
}

/** What a list remembers while it is not on screen. */
export interface ListMemory {
    layout: ListLayout;
    /** The first item in view, and how far its top is below the window's; null: at the top. */
    anchor: { id: string; offset: number } | null;
}

export function makeListMemory(guess = 140): ListMemory {
    return { layout: new ListLayout(guess), anchor: null };
}

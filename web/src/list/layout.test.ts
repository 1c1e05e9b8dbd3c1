import { describe, expect, it } from 'vitest';
import { ListLayout } from './layout';

function layoutOf(heights: Record<string, number>, ids: string[], guess = 100): ListLayout {
    const layout = new ListLayout(guess);
    layout.setIds(ids);
    for (const [id, height] of Object.entries(heights)) {
        layout.measure(id, height);
    }
    return layout;
}

describe('ListLayout', () => {
    it('guesses while it has measured nothing, then takes the mean', () => {
        const layout = layoutOf({}, ['a', 'b', 'c'], 80);
        expect(layout.total).toBe(240);
        layout.measure('a', 100);
        layout.measure('b', 200);
        expect(layout.total).toBe(450);
        expect(layout.offsetOf(2)).toBe(300);
    });

    it('finds the item at an offset', () => {
        const layout = layoutOf({ a: 10, b: 20, c: 30 }, ['a', 'b', 'c']);
        expect([-5, 0, 9.9, 10, 29, 30, 59, 1000].map((at) => layout.indexAt(at))).toEqual([
            0, 0, 0, 1, 1, 2, 2, 2,
        ]);
    });

    it('gives the range that touches a stretch', () => {
        const layout = layoutOf({ a: 10, b: 20, c: 30 }, ['a', 'b', 'c']);
        expect(layout.rangeOf(12, 25)).toEqual({ start: 1, end: 2 });
        expect(layout.rangeOf(-100, 1000)).toEqual({ start: 0, end: 3 });
        expect(layoutOf({}, []).rangeOf(0, 500)).toEqual({ start: 0, end: 0 });
    });

    it('keeps what it measured when items come in front', () => {
        const layout = layoutOf({ a: 10, b: 20 }, ['a', 'b']);
        layout.setIds(['new', 'a', 'b']);
        layout.measure('new', 50);
        expect(layout.offsetOf(1)).toBe(50);
        expect(layout.total).toBe(80);
    });

    it('takes a remeasured height once', () => {
        const layout = layoutOf({ a: 10, b: 20 }, ['a', 'b', 'c']);
        expect(layout.measure('a', 10.2)).toBe(false);
        expect(layout.measure('a', 40)).toBe(true);
        expect(layout.total).toBe(90);
    });
});

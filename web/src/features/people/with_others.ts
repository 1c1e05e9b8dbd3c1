/** A piece of an enumeration: something that has a key, or words. */
export interface ListPart {
    key: string | null;
    text: string;
}

/**
 * "a, b and 3 others" in a language: of the keys the first `named`, and in words how many are left
 * out. One that would be left out alone is named instead.
 */
export function withOthers(
    keys: readonly string[],
    named: number,
    others: (count: number) => string,
    language: string,
): ListPart[] {
    const isWhole = keys.length <= named + 1;
    const shown = isWhole ? keys : keys.slice(0, named);
    const items = isWhole ? [...shown] : [...shown, others(keys.length - named)];
    const list = new Intl.ListFormat(language, { style: 'long', type: 'conjunction' });
    let at = 0;
    return list.formatToParts(items).map(({ type, value }) => {
        if (type === 'literal') {
            return { key: null, text: value };
        }
        const key = shown[at] ?? null;
        at += 1;
        return { key, text: value };
    });
}

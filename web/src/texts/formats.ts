export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export interface Formats {
    /** The form for `count`, in which # stands for the number. */
    plural: (count: number, forms: PluralForms) => string;
    number: (value: number) => string;
    /** 1,234 as 1.2K: for counts beside an icon. */
    compact: (value: number) => string;
    /** 1800 as "30 minutes", 86400 as "1 day": the largest unit that fits. */
    spanOf: (seconds: number) => string;
}

const SPANS: [number, 'day' | 'hour' | 'minute'][] = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
];

/** Made when it is first needed: a page needs few of them, and each takes its time to make. */
function once<T>(make: () => T): () => T {
    let made: T | undefined;
    return () => (made ??= make());
}

export function formatsOf(language: string): Formats {
    const rules = once(() => new Intl.PluralRules(language));
    const plain = once(() => new Intl.NumberFormat(language));
    const short = once(
        () => new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }),
    );
    return {
        plural: (count, forms) =>
            (forms[rules().select(count)] ?? forms.other).replace('#', plain().format(count)),
        number: (value) => plain().format(value),
        compact: (value) => short().format(value),
        spanOf: (seconds) => {
            const [length, unit] = SPANS.find(([one]) => seconds >= one) ?? [1, 'second'];
            const style = { style: 'unit', unit, unitDisplay: 'long' } as const;
            return new Intl.NumberFormat(language, style).format(Math.round(seconds / length));
        },
    };
}

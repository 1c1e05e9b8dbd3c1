import { language, texts } from '~/texts/texts';
import { languageChoices } from '../compose/languages';
import type { OperatorValue, OperatorWords } from './search_options';

const DAY_MS = 86_400_000;

/** Days are those of UTC, as the server takes them. */
function dayBefore(days: number): string {
    return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

function dayValues(): OperatorValue[] {
    const t = texts().find.values;
    return [
        { value: dayBefore(0), hint: t.today },
        { value: dayBefore(1), hint: t.yesterday },
        { value: dayBefore(7), hint: t.week },
        { value: dayBefore(30), hint: t.month },
    ];
}

function valuesOf(operator: string): OperatorValue[] {
    const t = texts().find.values;
    const named = (...values: (keyof typeof t)[]): OperatorValue[] =>
        values.map((value) => ({ value, hint: t[value] }));
    switch (operator) {
        case 'from':
            return named('me');
        case 'has':
            return named('media', 'link', 'poll');
        case 'is':
            return named('reply', 'sensitive');
        case 'in':
            return named('all', 'public', 'library');
        case 'language':
            return languageChoices('', language.value).map(({ code, name }) => ({
                value: code,
                hint: name,
            }));
        default:
            return dayValues();
    }
}

/** What the operators take and mean, in the reader's language. */
export const operatorWords: OperatorWords = {
    hintOf: (operator) => (texts().find.operators as Record<string, string>)[operator] ?? '',
    valuesOf,
};

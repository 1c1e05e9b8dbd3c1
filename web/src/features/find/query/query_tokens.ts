/** The operators of a search, in the order in which they are explained. */
export const OPERATORS = [
    'from',
    'has',
    'is',
    'language',
    'before',
    'after',
    'during',
    'in',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** A piece of a query as typed: query.slice(begin, end), with sign and quotation marks. */
export interface QueryToken {
    isNegated: boolean;
    isQuoted: boolean;
    key: Operator | null;
    /** The words, or the operator's value; without sign and quotation marks. */
    text: string;
    begin: number;
    end: number;
}

const SIGN = /^[-\u2010-\u2015\u2212\uFE63\uFF0D+\uFF0B]/;
const PLUS = /^[+\uFF0B]/;
/** Both straight and typographic; one without a partner reaches to the end. */
const QUOTED =
    /^["\u201C-\u201F\u00AB\u00BB\uFF02]([^"\u201C-\u201F\u00AB\u00BB\uFF02]*)(?:["\u201C-\u201F\u00AB\u00BB\uFF02]|$)/;
const WORD = /^[^\s"\u201C-\u201F\u00AB\u00BB\uFF02]+/;
const KEY = /^([a-z]+)[:\uFF1A]/i;

function keyOf(word: string): { key: Operator; length: number } | null {
    const match = KEY.exec(word);
    const key = OPERATORS.find((one) => one === match?.[1]?.toLowerCase());
    return match === null || key === undefined ? null : { key, length: match[0].length };
}

/** Takes a query apart as the server does (src/discover/query_tokens.h), which forgives everything. */
export function queryTokens(query: string): QueryToken[] {
    const tokens: QueryToken[] = [];
    let at = 0;
    const rest = (): string => query.slice(at);
    const takeQuoted = (): string => {
        const match = QUOTED.exec(rest());
        at += match?.[0].length ?? 0;
        return match?.[1] ?? '';
    };
    for (;;) {
        at += /^\s*/.exec(rest())?.[0].length ?? 0;
        if (at >= query.length) {
            return tokens;
        }
        const token: QueryToken = {
            isNegated: false,
            isQuoted: false,
            key: null,
            text: '',
            begin: at,
            end: at,
        };
        if (SIGN.test(rest())) {
            token.isNegated = !PLUS.test(rest());
            at += 1;
            if (/^(\s|$)/.test(rest())) {
                continue;
            }
        }
        const word = WORD.exec(rest())?.[0] ?? '';
        const found = keyOf(word);
        token.key = found?.key ?? null;
        token.text = word.slice(found?.length ?? 0);
        at += word.length;
        if (word === '' || (found !== null && token.text === '' && QUOTED.test(rest()))) {
            token.isQuoted = true;
            token.text = takeQuoted();
        }
        token.end = at;
        tokens.push(token);
    }
}

/** Only the words, by which people and hashtags are found: operators are about posts. */
export function wordsIn(query: string): string {
    return queryTokens(query)
        .filter(({ key, isNegated }) => key === null && !isNegated)
        .map(({ text }) => text)
        .join(' ')
        .trim();
}

import type { Account, Tag } from '~/api/types';
import { accountPath, tagPath } from '~/post/paths';
import { OPERATORS, queryTokens, wordsIn } from './query/query_tokens';
import { completed, partAt, type Completed, type TypedPart } from './query/typed_part';
import { searchPath, tabMeant, tidied } from './search_address';

/** What is offered below the search box: somewhere to go, or a longer query. */
export type SearchOption =
    | { kind: 'search' | 'recent'; query: string; path: string }
    | { kind: 'account'; account: Account; path: string }
    | { kind: 'tag'; tag: Tag; path: string }
    | { kind: 'part'; text: string; hint: string; then: Completed; account?: Account };

/** A value that an operator takes, and what it means. */
export interface OperatorValue {
    value: string;
    hint: string;
}

/** What was found for the part of the query that is being typed. */
export interface FoundParts {
    accounts: Account[];
    tags: Tag[];
}

export interface Typing {
    query: string;
    caret: number;
}

const OFFERED = 6;
const OPERATORS_OFFERED = 2;

/** Where a query leads to. */
export function pathOf(query: string): string {
    return searchPath({ q: tidied(query), tab: tabMeant(query), order: 'newest' });
}

/**
 * What is to be asked for: people who begin so ("@ad"), hashtags ("#lo") or both (" lo"). Null if
 * nothing that is typed is completed by the server.
 */
export function lookupFor({ query, caret }: Typing): string | null {
    const part = partAt(query, caret);
    if (part?.kind === 'value') {
        return part.key === 'from' && part.typed.replace(/^@/, '') !== ''
            ? `@${part.typed.replace(/^@/, '')}`
            : null;
    }
    if (part?.kind === 'mention' || part?.kind === 'tag') {
        return part.typed.length > 1 ? part.typed : null;
    }
    const words = wordsIn(query);
    return words === '' ? null : ` ${words}`;
}

function partOptions(
    typing: Typing,
    part: TypedPart,
    found: FoundParts | null,
    valuesOf: (key: string) => OperatorValue[],
): SearchOption[] {
    const complete = (text: string, hint: string, account?: Account): SearchOption => ({
        kind: 'part',
        text,
        hint,
        then: completed(typing.query, part, text, true),
        ...(account === undefined ? {} : { account }),
    });
    const people = (sign: string): SearchOption[] =>
        (found?.accounts ?? []).map((account) => complete(sign + account.acct, '', account));
    if (part.kind === 'value') {
        const typed = part.typed.toLowerCase();
        const values = valuesOf(part.key)
            .filter(({ value, hint }) => {
                const isBegun = value.startsWith(typed) || hint.toLowerCase().startsWith(typed);
                return isBegun && value !== typed;
            })
            .map(({ value, hint }) => complete(value, hint));
        return [...values, ...(part.key === 'from' ? people('') : [])];
    }
    return part.kind === 'mention'
        ? people('@')
        : (found?.tags ?? []).map(({ name }) => complete(`#${name}`, ''));
}

function operatorOptions(
    typing: Typing,
    part: TypedPart | null,
    hintOf: (operator: string) => string,
): SearchOption[] {
    if (part?.kind !== 'word' || part.typed.length < 2) {
        return [];
    }
    return OPERATORS.filter((key) => key.startsWith(part.typed.toLowerCase()))
        .slice(0, OPERATORS_OFFERED)
        .map((key) => ({
            kind: 'part',
            text: `${key}:`,
            hint: hintOf(key),
            then: completed(typing.query, part, `${key}:`, false),
        }));
}

/** What operators take and mean, in the reader's language. */
export interface OperatorWords {
    hintOf: (operator: string) => string;
    valuesOf: (operator: string) => OperatorValue[];
}

/** All that is offered for what is typed, the search itself first; before anything is, the latest searches. */
export function optionsFor(
    typing: Typing,
    found: FoundParts | null,
    recent: readonly string[],
    words: OperatorWords,
): SearchOption[] {
    const { query, caret } = typing;
    if (query.trim() === '') {
        return recent
            .slice(0, OFFERED)
            .map((one) => ({ kind: 'recent', query: one, path: pathOf(one) }));
    }
    const search: SearchOption = { kind: 'search', query: tidied(query), path: pathOf(query) };
    const part = partAt(query, caret);
    const isAlone = queryTokens(query).length === 1;
    if (part !== null && part.kind !== 'word' && !(isAlone && part.kind !== 'value')) {
        return [search, ...partOptions(typing, part, found, words.valuesOf).slice(0, OFFERED)];
    }
    const accounts = (found?.accounts ?? []).map((account): SearchOption => ({
        kind: 'account',
        account,
        path: accountPath(account),
    }));
    const tags = (found?.tags ?? []).map((tag): SearchOption => ({
        kind: 'tag',
        tag,
        path: tagPath(tag.name),
    }));
    return [search, ...operatorOptions(typing, part, words.hintOf), ...accounts, ...tags];
}

/** Different options have different keys. */
export function keyOf(option: SearchOption): string {
    return option.kind === 'part'
        ? `${option.text} ${option.then.query}`
        : option.kind + option.path;
}

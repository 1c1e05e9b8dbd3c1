import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '~/api/api';
import type { Account, Search } from '~/api/types';
import { keepAccounts } from '~/store/store';
import { wordAt, type TypedWord } from './word_at';

export interface Suggestion {
    key: string;
    /** What takes the word's place. */
    completion: string;
    /** Whose it is; null for a hashtag. */
    account: Account | null;
}

/** So long a pause in typing is waited for. */
const PAUSE_MS = 150;
const SHOWN = 5;

async function ask(word: TypedWord, signal: AbortSignal): Promise<Suggestion[]> {
    if (word.kind === 'mention') {
        const found = await api.get<Account[]>(
            '/api/v1/accounts/search',
            { q: word.query, limit: SHOWN },
            { signal },
        );
        if (!found.ok) {
            return [];
        }
        keepAccounts(found.value);
        return found.value.map((account) => ({
            key: account.id,
            completion: `@${account.acct}`,
            account,
        }));
    }
    const found = await api.get<Search>(
        '/api/v2/search',
        { q: word.query, type: 'hashtags', limit: SHOWN },
        { signal },
    );
    const tags = found.ok ? found.value.hashtags : [];
    return tags.map(({ name }) => ({ key: name, completion: `#${name}`, account: null }));
}

export interface Completion {
    word: TypedWord | null;
    suggestions: Suggestion[];
    chosen: number;
    choose: (index: number) => void;
    /** The caret moved or the text changed. */
    look: (text: string, caret: number) => void;
    close: () => void;
}

/** Suggests how to complete the mention or hashtag that is being typed. */
export function useCompletion(): Completion {
    const [word, setWord] = useState<TypedWord | null>(null);
    const [suggestions, setSuggestions] = useState<Suggestion[]>([]);
    const [chosen, choose] = useState(0);
    /** A word that one closed the list at, or that was completed, stays in peace. */
    const ignored = useRef<number | null>(null);
    const query = word === null ? null : `${word.kind}${word.query}`;

    useEffect(() => {
        if (word === null) {
            setSuggestions([]);
            return undefined;
        }
        const abort = new AbortController();
        const timer = setTimeout(() => {
            void ask(word, abort.signal).then((found) => {
                if (!abort.signal.aborted) {
                    setSuggestions(found);
                    choose(0);
                }
            });
        }, PAUSE_MS);
        return () => {
            clearTimeout(timer);
            abort.abort();
        };
    }, [query]);

    return {
        word,
        suggestions,
        chosen,
        choose,
        look: (text, caret) => {
            const next = wordAt(text, caret);
            if (next === null) {
                ignored.current = null;
            }
            setWord(next !== null && next.begin === ignored.current ? null : next);
        },
        close: () => {
            ignored.current = word?.begin ?? null;
            setWord(null);
            setSuggestions([]);
        },
    };
}

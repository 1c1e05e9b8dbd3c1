import { useEffect, useRef, useState } from 'preact/hooks';
import type { Account } from '~/api/types';
import { findPeople, findTags } from '~/completion/find';
import { useLookup } from '~/completion/use_lookup';
import { wordAt, type TypedWord } from './word_at';

export interface Suggestion {
    key: string;
    /** What takes the word's place. */
    completion: string;
    /** Whose it is; null for a hashtag. */
    account: Account | null;
}

const SHOWN = 5;
/** Before the query of a mention, and of a hashtag: what is found for one is not for the other. */
const SIGNS = { mention: '@', tag: '#' } as const;

async function ask(query: string, signal: AbortSignal): Promise<Suggestion[] | null> {
    const name = query.slice(1);
    if (query.startsWith(SIGNS.mention)) {
        const people = await findPeople(name, SHOWN, signal);
        return (
            people?.map((account) => ({
                key: account.id,
                completion: `@${account.acct}`,
                account,
            })) ?? null
        );
    }
    const tags = await findTags(name, SHOWN, signal);
    return (
        tags?.map((tag) => ({ key: tag.name, completion: `#${tag.name}`, account: null })) ?? null
    );
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
    const [chosen, choose] = useState(0);
    /** A word that one closed the list at, or that was completed, stays in peace. */
    const ignored = useRef<number | null>(null);
    const sign = word === null ? '' : SIGNS[word.kind];
    const found = useLookup(word === null ? null : sign + word.query, ask);
    const suggestions =
        word === null ? [] : (found ?? []).filter((one) => one.completion.startsWith(sign));
    useEffect(() => choose(0), [found]);

    return {
        word,
        suggestions,
        chosen: Math.min(chosen, Math.max(0, suggestions.length - 1)),
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
        },
    };
}
